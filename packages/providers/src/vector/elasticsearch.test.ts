import { testVectorBackend } from '@lorebox/testkit/vector-conformance';
import { startFakeElasticsearch } from '@lorebox/testkit/vector-doubles/fake-elasticsearch';
import { createElasticsearchBackend } from './elasticsearch.ts';

testVectorBackend('Elasticsearch (double)', async () => {
  const double = await startFakeElasticsearch('secret');
  return {
    backend: createElasticsearchBackend({ url: double.url, apiKey: 'secret' }),
    down: createElasticsearchBackend({ url: 'http://127.0.0.1:9', apiKey: 'secret' }),
    close: double.close,
  };
});
