import type { StandardHandlerInterceptorOptions } from "@orpc/server/standard";

/** A request's JSON body as it was read before the call. */
export interface ReadBody {
	body: unknown;
}

/** Gives oRPC the body that was read and checked already, so that no request has to be built for it to read again. */
export function takeReadBody<T extends ReadBody, Result>({
	next,
	...call
}: StandardHandlerInterceptorOptions<T> & {
	next(call: StandardHandlerInterceptorOptions<T>): Result;
}): Result {
	return next({ ...call, request: { ...call.request, body: async () => call.context.body } });
}
