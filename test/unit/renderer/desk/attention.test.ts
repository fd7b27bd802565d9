import { expect, test } from "vitest";
import { attentionOf, NO_ATTENTION, newAttention } from "../../../../renderer/desk/state/attention.ts";
import { asCounter, asTicketId } from "../../../fixtures/ids.ts";
import { entry, queue, session } from "./entries.ts";

const call = (id: number, kiosk: string | null = null) => ({ id, kiosk, language: "ar" as const, since: 1 });
const waiting = entry({ id: asTicketId("first"), number: "B001" });
const free = { session, queue: { ...queue(waiting), next: waiting.id } };

test("a free counter is told once that somebody begins to wait, and again after nobody did", () => {
	const nobody = attentionOf({ session, queue: queue() });
	const now = attentionOf(free);
	expect(newAttention(NO_ATTENTION, now).waiting).toBe("B001");
	expect(newAttention(now, now).waiting).toBeNull();
	expect(newAttention(nobody, now).waiting).toBe("B001");
});

test("a counter that is on a break or has a ticket is not told, and neither is a desk that is signed out", () => {
	const serving = entry({ id: asTicketId("mine"), state: "serving", counter: asCounter("3") });
	const busy = { session, queue: { ...queue(waiting, serving), next: waiting.id } };
	const paused = { session, queue: { ...free.queue, pausedAt: 1 } };
	for (const auth of [busy, paused, null]) expect(attentionOf(auth).waiting).toBeNull();
});

test("each call for help is told once with its kiosk and language, several at a time as well", () => {
	const [none, one, two] = [[], [call(7)], [call(7), call(9, "Hall"), call(10, "Door")]].map((helpCalls) =>
		attentionOf({ session, queue: { ...queue(), helpCalls } }),
	) as [typeof NO_ATTENTION, typeof NO_ATTENTION, typeof NO_ATTENTION];
	expect(newAttention(none, one).helpCalls).toEqual([call(7)]);
	expect(newAttention(one, two).helpCalls).toEqual([call(9, "Hall"), call(10, "Door")]);
	expect(newAttention(two, two).helpCalls).toEqual([]);
	// Answered, and asked again.
	expect(newAttention(none, attentionOf({ session, queue: { ...queue(), helpCalls: [call(12)] } })).helpCalls).toEqual([
		call(12),
	]);
});
