import { expect, test } from "vitest";
import { drawQrCode } from "../../../../station/qr-code.ts";
import { phonePageOf } from "../../../../station/tickets/phone-ticket.ts";
import { openTestStation } from "../../../fixtures/station.ts";

const PHONES = "https://queue.example.org";

test("the kiosk is given the ticket's page as a QR code where phones reach the station, a desk is not", async () => {
	const { issue, call, signIn } = await openTestStation({ flags: ["--phone-address", PHONES] });
	const { body } = await issue("work-permit", "visit-0001");
	expect(body.phonePage).toEqual(drawQrCode(phonePageOf(String(body.code), PHONES)));
	const again = await issue("work-permit", "visit-0001");
	expect(again).toMatchObject({ status: 200, body: { phonePage: body.phonePage } });

	const token = await signIn("1");
	const request = { topic: "work-permit", language: "en", key: "desk-0001", class: "priority" };
	const atDesk = await call("POST", "/api/tickets", { token, body: request });
	expect(atDesk.status).toBe(201);
	expect(atDesk.body).not.toHaveProperty("phonePage");
});

test("without an address for phones the screen shows no code that leads nowhere", async () => {
	const { issue } = await openTestStation();
	const { body } = await issue();
	expect(body.code).toMatch(/^\w{10}$/);
	expect(body).not.toHaveProperty("phonePage");
});
