import { testVectorBackend } from '@lorebox/testkit/vector-conformance';
import { startFakeMongodb } from '@lorebox/testkit/vector-doubles/fake-mongodb';
import { createMongodbBackend } from './mongodb.ts';

testVectorBackend('MongoDB Atlas (double)', async () => {
  const double = await startFakeMongodb();
  return {
    backend: createMongodbBackend({ url: double.url, settleMs: 0 }),
    down: createMongodbBackend({ url: 'mongodb://user:secret@127.0.0.1:9/library?serverSelectionTimeoutMS=300' }),
    close: double.close,
  };
});
