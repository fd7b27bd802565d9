import { useEffect, useState } from "react";
import { now } from "../../ui/monotonic-clock.ts";

/** False while taps are ignored, so that the screen takes no pointer events either. */
export function useSettled(settledAt: number): boolean {
	const [settledFor, setSettledFor] = useState(0);
	useEffect(() => {
		const timer = setTimeout(() => setSettledFor(settledAt), Math.max(0, settledAt - now()));
		return () => clearTimeout(timer);
	}, [settledAt]);
	return settledFor === settledAt;
}
