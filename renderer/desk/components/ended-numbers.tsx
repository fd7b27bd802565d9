import { useEffect, useState } from "react";
import type { EndedTicket } from "../../../protocol/model/ticket.ts";
import type { Messages } from "../messages/messages.ts";

interface EndedNumbersProps {
	/** A number that nobody in the queue has. */
	typed: string;
	messages: Messages;
	clock(instant: number): string;
	load(number: string): Promise<readonly EndedTicket[]>;
}

/** While staff type, the station is asked once they pause. */
const PAUSE_MS = 250;

/** That a number is over, and when it ended; or that there is none. */
export function EndedNumbers({ typed, messages: { t }, clock, load }: EndedNumbersProps) {
	const [ended, setEnded] = useState<readonly EndedTicket[]>([]);
	useEffect(() => {
		setEnded([]);
		let isCurrent = true;
		const timer = window.setTimeout(() => {
			void load(typed).then((found) => isCurrent && setEnded(found));
		}, PAUSE_MS);
		return () => {
			isCurrent = false;
			window.clearTimeout(timer);
		};
	}, [typed, load]);
	if (ended.length === 0) return t("findNone");
	return [
		...ended.map(({ number, state, since }) => t(`findEnded_${state}`, { number, time: clock(since) })),
		t("findEndedHint"),
	].join(" ");
}
