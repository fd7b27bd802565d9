import type { VisitorAct } from "../../protocol/model/phone.ts";
import { Refusal } from "../refusal.ts";
import type { TicketBook } from "./ticket-service.ts";

/** What a visitor does from the phone, by the digest of the ticket's code. Refuses as the acts do, or with CODE_UNKNOWN. */
export function actForVisitor(
	tickets: Pick<TicketBook, "findByDigest" | "actOn" | "giveWay" | "rate">,
	{ codeDigest, act }: { codeDigest: string; act: VisitorAct },
	now: number,
): void {
	const id = tickets.findByDigest(codeDigest, now);
	if (id === undefined) throw new Refusal("CODE_UNKNOWN");
	switch (act.kind) {
		case "leave":
			tickets.actOn(id, () => ({ kind: "cancel", reason: "left" }), { version: act.version }, { now });
			return;
		case "give-way":
			tickets.giveWay(id, act.people, { version: act.version }, now);
			return;
		case "rating":
			tickets.rate(id, act.rating, now);
	}
}
