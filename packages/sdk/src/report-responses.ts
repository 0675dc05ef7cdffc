import type { AppRouter } from '@lorebox/api/router';
import type { TRPCLink } from '@trpc/client';
import { describeResponse, isResponse, type ResponseInfo } from './response-info.ts';

/** Passes the response of a call, successful or not, to its `onResponse` callback. */
export function reportResponses(): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) => {
      const source = next(op);
      const report = op.context.onResponse as ((response: ResponseInfo) => void) | undefined;
      if (!report) return source;
      const see = (about: Record<string, unknown> | undefined) => {
        const response = about?.response;
        if (isResponse(response)) report(describeResponse(response));
      };
      return {
        ...source,
        subscribe: (observer) =>
          source.subscribe({
            ...observer,
            next(value) {
              see(value.context);
              observer.next?.(value);
            },
            error(error) {
              see(error.meta);
              observer.error?.(error);
            },
          }),
      };
    };
}
