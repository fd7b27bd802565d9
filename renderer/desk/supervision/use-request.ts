import { useCallback, useEffect, useRef, useState } from "react";
import type { Answer } from "../../../api-client/answer.ts";

/** How often a panel asks by itself, beside what the event stream reports. */
const RELOAD_INTERVAL_MS = 5_000;

export interface RequestState<T> {
	/** The last good answer; null before the first. */
	value: T | null;
	/** Why the last request failed; null if it did not. */
	failure: Exclude<Answer<T>, { kind: "ok" }> | null;
	reload(): void;
}

/** The station's answer, requested again when `changed` rises and every few seconds. */
export function useRequest<T>(send: () => Promise<Answer<T>>, changed: number): RequestState<T> {
	const [value, setValue] = useState<T | null>(null);
	const [failure, setFailure] = useState<RequestState<T>["failure"]>(null);
	const latest = useRef(send);
	latest.current = send;
	const isUnmounted = useRef(false);

	const reload = useCallback(() => {
		void latest.current().then((answer) => {
			if (isUnmounted.current) return;
			if (answer.kind === "ok") setValue(answer.value);
			setFailure(answer.kind === "ok" ? null : answer);
		});
	}, []);
	// biome-ignore lint/correctness/useExhaustiveDependencies: `changed` is the reason to ask again, not a part of the request.
	useEffect(reload, [reload, changed]);
	useEffect(() => {
		isUnmounted.current = false;
		const timer = window.setInterval(reload, RELOAD_INTERVAL_MS);
		return () => {
			isUnmounted.current = true;
			window.clearInterval(timer);
		};
	}, [reload]);
	return { value, failure, reload };
}
