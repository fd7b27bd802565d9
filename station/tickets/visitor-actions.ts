import type { VisitorAction } from "../../protocol/model/phone.ts";
import { Refusal } from "../refusal.ts";
import type { TicketService } from "./ticket-service.ts";

/** What a visitor does from the phone, by the digest of the ticket's code. Refuses as the acts do, or with CODE_UNKNOWN. */
export function performVisitorAction(
	tickets: Pick<TicketService, "findByDigest" | "actOn" | "giveWay" | "delay" | "rate">,
	{ codeDigest, action }: { codeDigest: string; action: VisitorAction },
	now: number,
): void {
	const id = tickets.findByDigest(codeDigest, now);
	if (id === undefined) throw new Refusal("CODE_UNKNOWN");
	switch (action.kind) {
		case "leave":
			tickets.actOn(id, () => ({ kind: "cancel", reason: "left" }), { version: action.version }, { now });
			return;
		case "give-way":
			tickets.giveWay(id, action.people, { version: action.version }, now);
			return;
		case "delay":
			tickets.delay(id, action.minutes, { version: action.version }, now);
			return;
		case "rating":
			tickets.rate(id, action.rating, now);
	}
}
