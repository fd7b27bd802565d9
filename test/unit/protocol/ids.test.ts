import { expect, test } from "vitest";
import {
	type StationId,
	stationIdSchema,
	type TicketId,
	type TopicId,
	ticketIdSchema,
	topicIdSchema,
} from "../../../protocol/model/ids.ts";

/* The assertions are the compiler's: a line below that compiles without its error fails the type check. */

const nameTicket = (id: TicketId) => `ticket ${id}`;
const nameStation = (id: StationId) => `station ${id}`;
const nameTopic = (id: TopicId) => `topic ${id}`;
const UUID = "00000000-0000-4000-8000-000000000001";

test("the compiler takes an id where it belongs and refuses another, or a text that nothing has checked", () => {
	const ticket = ticketIdSchema.parse(UUID);
	const station = stationIdSchema.parse(UUID);
	expect([nameTicket(ticket), nameStation(station)]).toEqual([`ticket ${UUID}`, `station ${UUID}`]);
	// @ts-expect-error A station's id is no ticket's.
	nameTicket(station);
	// @ts-expect-error A ticket's id is no station's.
	nameStation(ticket);
	// @ts-expect-error Nor is one a topic's.
	nameTopic(ticket);
	// @ts-expect-error A text is no id before a schema has read it.
	nameTicket(UUID);
	// @ts-expect-error
	nameTopic("visa");
	expect(nameTopic(topicIdSchema.parse("visa"))).toBe("topic visa");
});
