import { useEffect, useRef } from "react";
import type { QueueEntry } from "../../../protocol/api/board.ts";

/** Begins to serve a called ticket by itself after some seconds (0: never), once for each call. */
export function useAutoStart(current: QueueEntry | null, afterSeconds: number, now: number, start: () => void): void {
	const started = useRef("");
	useEffect(() => {
		if (current?.state !== "called" || afterSeconds === 0 || now - current.since < afterSeconds * 1000) return;
		const call = `${current.id} ${current.calls}`;
		if (started.current === call) return;
		started.current = call;
		start();
	}, [current, afterSeconds, now, start]);
}
