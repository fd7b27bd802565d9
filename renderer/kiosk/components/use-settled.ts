import { useEffect, useState } from "react";
import { now } from "../effects/monotonic-clock.ts";

/** False for the moment in which taps are ignored, so that the screen can let them through to nothing. */
export function useSettled(settledAt: number): boolean {
	const [settledFor, setSettledFor] = useState(0);
	useEffect(() => {
		const timer = setTimeout(() => setSettledFor(settledAt), Math.max(0, settledAt - now()));
		return () => clearTimeout(timer);
	}, [settledAt]);
	return settledFor === settledAt;
}
