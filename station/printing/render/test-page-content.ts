import type { TicketContent } from "./ticket-content.ts";

/** A page that says that it is a test, with no number or code that could pass for a ticket. */
export function testPageContent(at: {
	site: TicketContent["site"];
	issuedAt: number;
	timezone: string;
}): TicketContent {
	return {
		...at,
		number: "TEST",
		language: "en",
		topic: { name: "Printer test. Not a ticket.", nameChinese: "打印测试，不是号票" },
		ahead: 0,
		wait: null,
		bookedAt: null,
		partySize: 1,
		bring: [],
		bringChinese: [],
		code: "0000000000",
		link: "TEST",
		reprint: false,
		offline: false,
	};
}
