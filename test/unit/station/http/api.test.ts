import { describe, expect, test } from "vitest";
import { z } from "zod";
import { boardSchema, queueSchema, topicsSchema } from "../../../../protocol/api/board.ts";
import { LANGUAGES } from "../../../../protocol/model/language.ts";
import { ticketSchema } from "../../../../protocol/model/ticket.ts";
import { openTestStation } from "../../../fixtures/station.ts";

describe("the way of a ticket through the API", () => {
	test("issue 201, the same key 200 with the same ticket, read it again", async () => {
		const { issue, call } = await openTestStation();
		const first = await issue("work-permit", "visit-0001");
		expect(first.status).toBe(201);
		expect(ticketSchema.parse(first.body)).toMatchObject({
			number: "B001",
			topic: "work-permit",
			state: "waiting",
			ahead: 0,
			print: { state: "queued" },
		});
		const again = await issue("work-permit", "visit-0001");
		expect(again.status).toBe(200);
		expect(again.body.id).toBe(first.body.id);
		const read = await call("GET", `/api/tickets/${first.body.id}`);
		expect(read).toMatchObject({ status: 200, body: { id: first.body.id, number: "B001" } });
	});

	test("sign in, next, recall, start, finish, nobody waits 204", async () => {
		const { issue, call, signIn } = await openTestStation();
		const { body: ticket } = await issue();
		const token = await signIn("2");
		const act = (name: string, body?: unknown) => call("POST", `/api/counters/2/${name}`, { token, body });
		expect(await act("next")).toMatchObject({ status: 200, body: { id: ticket.id, state: "called", counter: "2" } });
		expect(await call("GET", "/api/board")).toMatchObject({ body: { calls: [{ number: "B001", counter: "2" }] } });
		expect(await act("recall")).toMatchObject({ status: 200, body: { calls: 2 } });
		expect(await act("start", { ticket: ticket.id, version: 3 })).toMatchObject({
			status: 200,
			body: { state: "serving" },
		});
		expect(await act("finish")).toMatchObject({ status: 200, body: { state: "finished" } });
		expect(await act("next")).toMatchObject({ status: 204 });
	});

	test("answers keep to the contract in all twelve languages", async () => {
		const { issue, call, signIn, warnings } = await openTestStation();
		await issue();
		const token = await signIn("1");
		for (const language of LANGUAGES) {
			const { body } = await call("GET", `/api/topics?language=${language}`);
			expect(topicsSchema.parse(body).topics).toHaveLength(19);
		}
		queueSchema.parse((await call("GET", "/api/queue", { token })).body);
		boardSchema.parse((await call("GET", "/api/board")).body);
		// No word is missing in any language.
		expect(warnings).toEqual([]);
	});

	test("the description says who needs a token, and a wrong method is told the right ones", async () => {
		const { call } = await openTestStation();
		const { body } = await call("GET", "/api/openapi.json");
		const { paths } = body as { paths: Record<string, Record<string, { security?: unknown; responses: object }>> };
		expect(paths["/queue"]?.get?.security).toEqual([{ session: [] }]);
		expect(paths["/board"]?.get?.security).toEqual([]);
		expect(paths["/tickets"]?.post?.responses).toMatchObject({ 201: {}, 400: {}, 401: {}, 413: {}, 415: {} });
		const wrong = await call("DELETE", "/api/counters/1/next");
		expect(wrong).toMatchObject({ status: 405, body: { code: "METHOD_NOT_ALLOWED" } });
		expect(wrong.headers.get("allow")).toBe("POST");
		expect(await call("GET", "/api/nothing")).toMatchObject({ status: 404, body: { code: "NOT_FOUND" } });
	});

	test("the description is OpenAPI 3.1 and names every path", async () => {
		const { call } = await openTestStation();
		const { body } = await call("GET", "/api/openapi.json");
		const described = z
			.object({ openapi: z.string().startsWith("3.1"), paths: z.record(z.string(), z.unknown()) })
			.parse(body);
		expect(Object.keys(described.paths).sort()).toEqual([
			"/activity",
			"/appointments",
			"/appointments/calendar",
			"/appointments/file",
			"/board",
			"/board/events",
			"/board/sound",
			"/check-in",
			"/checklist",
			"/checklist/print",
			"/clock/confirm",
			"/counters",
			"/counters/{counter}/end-session",
			"/counters/{counter}/finish",
			"/counters/{counter}/move",
			"/counters/{counter}/next",
			"/counters/{counter}/no-show",
			"/counters/{counter}/recall",
			"/counters/{counter}/setting",
			"/counters/{counter}/start",
			"/day/closing",
			"/device",
			"/devices",
			"/devices/codes",
			"/devices/{id}",
			"/ended-tickets/{number}",
			"/enrolment",
			"/health",
			"/help",
			"/help/answer",
			"/left-open",
			"/messages/{language}/damaged",
			"/opening",
			"/opening/closure",
			"/phone/{code}",
			"/phone/{code}/delay",
			"/phone/{code}/give-way",
			"/phone/{code}/leave",
			"/phone/{code}/rating",
			"/phone/{code}/web-push",
			"/printer/roll",
			"/printer/setup",
			"/printer/sheet",
			"/queue",
			"/session",
			"/session/figures",
			"/session/names",
			"/session/pause",
			"/session/resume",
			"/setup",
			"/setup/printer",
			"/setup/printers",
			"/setup/printers/scan",
			"/setup/site",
			"/setup/sites",
			"/setup/supervisor",
			"/speech/{language}",
			"/staff",
			"/staff-gate",
			"/staff/{id}",
			"/staff/{id}/pin",
			"/staff/{id}/role",
			"/staff/{id}/unlock",
			"/statistics",
			"/statistics/replay",
			"/tickets",
			"/tickets/{id}",
			"/tickets/{id}/call",
			"/tickets/{id}/cancel",
			"/tickets/{id}/finish",
			"/tickets/{id}/note",
			"/tickets/{id}/park",
			"/tickets/{id}/refer",
			"/tickets/{id}/reprint",
			"/tickets/{id}/return",
			"/tickets/{id}/set-priority",
			"/tickets/{id}/transfer",
			"/tickets/{id}/undo",
			"/topics",
			"/topics/keywords",
			"/topics/load",
			"/topics/search-misses",
			"/topics/{topic}/other-sites",
			"/topics/{topic}/other-sites/{site}/directions",
			"/topics/{topic}/setting",
			"/visits",
			"/visits/check-in",
			"/visits/{visit}/check-in",
			"/web-push-key",
		]);
	});
});

test("HEAD answers as GET does, without a body", async () => {
	const { call } = await openTestStation();
	for (const path of ["/api/board", "/api/board/events", "/api/queue", "/api/nothing"]) {
		const { status } = path.endsWith("events") ? { status: 200 } : await call("GET", path);
		expect(await call("HEAD", path), path).toMatchObject({ status });
	}
});

describe("live board", () => {
	test("sends the whole board at once, then after a change", async () => {
		const { station, issue } = await openTestStation();
		const response = await station.httpApp(new Request("http://127.0.0.1:8470/api/board/events"), {
			kind: "network",
			address: "::1",
		});
		expect(response.headers.get("content-type")).toContain("text/event-stream");
		const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
		if (!reader) throw new Error("The stream has no body.");
		const pictures: unknown[] = [];
		let text = "";
		const readUntil = async (count: number) => {
			while (pictures.length < count) {
				const { value, done } = await reader.read();
				if (done) throw new Error("The stream ended.");
				text += value;
				const messages = text.split("\n\n");
				text = messages.pop() ?? "";
				for (const message of messages) {
					const data = message.split("\n").find((line) => line.startsWith("data: "));
					if (data) pictures.push(boardSchema.parse(JSON.parse(data.slice(6))));
				}
			}
		};
		await readUntil(1);
		await issue();
		await readUntil(2);
		expect(pictures).toMatchObject([{ waitingCount: 0 }, { waitingCount: 1, waiting: [{ number: "B001" }] }]);
		await reader.cancel();
	});
});
