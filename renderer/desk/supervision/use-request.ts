import { useCallback, useEffect, useRef, useState } from "react";
import type { Answer } from "../effects/station-client.ts";

/** Asked this often beside what the stream's hints bring. */
const EVERY = 5_000;

export interface Asked<T> {
	/** The last good answer; null before the first. */
	value: T | null;
	/** The last answer that was none. */
	trouble: Exclude<Answer<T>, { kind: "ok" }> | null;
	again(): void;
}

/** What the station answers now, asked again when `changed` rises and every few seconds. */
export function useAsked<T>(ask: () => Promise<Answer<T>>, changed: number): Asked<T> {
	const [value, setValue] = useState<T | null>(null);
	const [trouble, setTrouble] = useState<Asked<T>["trouble"]>(null);
	const latest = useRef(ask);
	latest.current = ask;
	const gone = useRef(false);

	const again = useCallback(() => {
		void latest.current().then((answer) => {
			if (gone.current) return;
			if (answer.kind === "ok") setValue(answer.value);
			setTrouble(answer.kind === "ok" ? null : answer);
		});
	}, []);
	// biome-ignore lint/correctness/useExhaustiveDependencies: a change is the reason to ask, not a part of the question.
	useEffect(again, [again, changed]);
	useEffect(() => {
		gone.current = false;
		const timer = window.setInterval(again, EVERY);
		return () => {
			gone.current = true;
			window.clearInterval(timer);
		};
	}, [again]);
	return { value, trouble, again };
}
