import type { Ticket } from "../../protocol/model/ticket.ts";
import type { VisitorFacts } from "../tickets/ticket-queries.ts";

/** What a visitor is told: once for each time that it becomes so. */
export interface Notice {
	kind: "next" | "called";
	/** Tells this call from the one before: each counter begins to count anew. */
	key: string;
}

type Facts = Pick<Ticket, "state" | "counter" | "calls" | "ahead" | "wait"> & Pick<VisitorFacts, "heldBack">;

/** What is to be told of a ticket as it is now: the call, and that it is next, as the page says it. */
export function noticeOf({ state, counter, calls, ahead, wait, heldBack }: Facts): Notice | "nothing" | "over" {
	switch (state) {
		case "called":
			return { kind: "called", key: `called ${counter} ${calls}` };
		case "waiting":
			// Where nobody could call it, "you are next" would be a promise that nobody keeps.
			return ahead === 0 && heldBack === null && wait !== null ? { kind: "next", key: "next" } : "nothing";
		case "finished":
		case "cancelled":
			return "over";
		default:
			return "nothing";
	}
}
