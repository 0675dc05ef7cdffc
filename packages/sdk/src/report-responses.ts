import type { AppRouter } from '@lorebox/api/router';
import type { TRPCLink } from '@trpc/client';
import { describeResponse, type ResponseInfo } from './response-info.ts';

/** Tells `onResponse` of a call's context what came back, whether it is a result or an error. */
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

/** tRPC types as little of a response as it uses; a `fetch` gives all of it. */
function isResponse(value: unknown): value is Pick<Response, 'status' | 'headers'> {
  return typeof value === 'object' && value !== null && 'status' in value && 'headers' in value;
}
