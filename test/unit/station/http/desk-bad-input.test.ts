import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openTestStation } from "../../../fixtures/station.ts";
import { emptyFolder, TOP } from "../../../fixtures/station-folder.ts";

type Opened = Awaited<ReturnType<typeof openTestStation>>;

const poster =
	({ call }: Opened) =>
	(token: string, path: string, body: unknown = {}) =>
		call("POST", `/api/${path}`, { token, body });
const queueOf = async ({ call }: Opened, token: string) =>
	(await call("GET", "/api/queue", { token })).body as unknown as {
		next: string | null;
		tickets: { id: string; state: string; note: string | null; stranded: string | null; reservedFor: string | null }[];
	};

/** The product's catalogue with these counters at every site. */
function catalogueWith(counters: readonly string[]): string {
	const folder = emptyFolder();
	cpSync(join(TOP, "resources/catalogue"), folder, { recursive: true });
	const file = join(folder, "locations.json");
	const text = readFileSync(file, "utf8").replace(/"counters": \[[^\]]*\]/g, `"counters": ${JSON.stringify(counters)}`);
	writeFileSync(file, text);
	return folder;
}

describe("the same act from two places", () => {
	test("at one counter in two windows: one does it, the other is told what became of the ticket", async () => {
		const opened = await openTestStation();
		const post = poster(opened);
		const token = await opened.signIn("1");
		const { id } = (await opened.issue()).body;
		for (const [act, version] of [
			["recall", 2],
			["start", 3],
			["finish", 4],
		] as const) {
			if (act === "recall") await post(token, "counters/1/next");
			const body = { ticket: id, version };
			const answers = await Promise.all([1, 2].map(() => post(token, `counters/1/${act}`, body)));
			expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
			expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
				code: "TICKET_CHANGED",
				data: { ticket: id },
			});
		}
	});

	test("two desks move one ticket to two places: the first is kept", async () => {
		const opened = await openTestStation();
		const post = poster(opened);
		const { id } = (await opened.issue()).body;
		const tokens = [await opened.signIn("1"), await opened.signIn("2")];
		const answers = await Promise.all(
			tokens.map((token, place) =>
				post(token, `tickets/${id}/transfer`, { version: 1, counter: String(place + 1), topic: "education" }),
			),
		);
		expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
		expect((await queueOf(opened, tokens[0] ?? "")).tickets).toMatchObject([{ id, state: "waiting" }]);
	});

	test("a visitor leaves on the phone while the desk calls: one of them happens, and the desk is free or busy accordingly", async () => {
		const opened = await openTestStation();
		const post = poster(opened);
		const { id } = (await opened.issue()).body;
		const token = await opened.signIn("1");
		const [called, cancelled] = await Promise.all([
			post(token, `tickets/${id}/call`, { version: 1 }),
			post(token, `tickets/${id}/cancel`, { version: 1, reason: "left" }),
		]);
		expect([called?.status, cancelled?.status].toSorted()).toEqual([200, 409]);
		const { state } = (await opened.call("GET", `/api/tickets/${id}`)).body;
		expect(state).toBe(called?.status === 200 ? "called" : "cancelled");
	});
});

describe("a counter that is removed or renamed while somebody sits at it", () => {
	async function removed() {
		const first = await openTestStation({ flags: ["--catalogue", catalogueWith(["1", "2", "3"])] });
		const ids = [(await first.issue()).body.id, (await first.issue()).body.id].map(String);
		const token = await first.signIn("2", "Li");
		const other = await first.signIn("1", "Wang");
		await poster(first)(token, "counters/2/next");
		await poster(first)(other, `tickets/${ids[1]}/transfer`, { version: 1, counter: "2" });
		await first.close();
		const second = await openTestStation({
			folder: first.folder,
			flags: ["--catalogue", catalogueWith(["1", "3", "4"])],
		});
		return { second, post: poster(second), token, other, ids };
	}

	test("serves to the end the visitor it has, and calls nobody more", async () => {
		const { second, post, token, ids } = await removed();
		expect((await second.call("GET", "/api/board")).body).toMatchObject({ calls: [{ counter: "2" }] });
		expect(await post(token, "counters/2/start")).toMatchObject({ body: { id: ids[0], state: "serving" } });
		expect(await post(token, "counters/2/finish")).toMatchObject({ body: { state: "finished" } });
		expect(await post(token, "counters/2/next")).toMatchObject({ body: { code: "COUNTER_UNKNOWN" } });
		expect((await queueOf(second, token)).next).toBeNull();
	});

	test("leaves no ticket behind: what was kept for it is another counter's next, and a supervisor sees and moves its staff", async () => {
		const { second, post, other, ids } = await removed();
		const queue = await queueOf(second, other);
		expect(queue.next).toBe(ids[1]);
		// Somebody is still with the visitor at the counter that is no more.
		expect(queue.tickets.find(({ id }) => id === ids[0])).toMatchObject({ state: "called", stranded: null });
		expect(queue.tickets.find(({ id }) => id === ids[1])).toMatchObject({ reservedFor: null, stranded: null });
		const zhao = await second.signIn("3", "Zhao", "supervisor");
		const { body } = await second.call("GET", "/api/counters", { token: zhao });
		expect((body.counters as { counter: string }[]).map(({ counter }) => counter)).toEqual(["1", "3", "4", "2"]);
		expect((await post(zhao, "counters/2/move", { to: "4", ticket: "return" })).status).toBe(204);
		expect((await queueOf(second, zhao)).tickets.map(({ state }) => state)).toEqual(["waiting", "waiting"]);
	});
});

test("a topic that is closed with people waiting: they are called, and nobody new joins them", async () => {
	const opened = await openTestStation();
	const post = poster(opened);
	const { id } = (await opened.issue()).body;
	const zhao = await opened.signIn("1", "Zhao", "supervisor");
	const setting = { open: false, quota: null };
	await opened.call("PUT", "/api/topics/work-permit/setting", { token: zhao, body: setting });
	expect(await opened.issue()).toMatchObject({ body: { code: "TOPIC_CLOSED" } });
	expect((await queueOf(opened, zhao)).tickets).toMatchObject([{ id, stranded: null }]);
	expect(await post(zhao, "counters/1/next")).toMatchObject({ body: { id } });
	// Back in the queue, and moved to the topic that is closed: it is there already.
	expect(await post(zhao, `tickets/${id}/return`, { version: 2 })).toMatchObject({ body: { state: "waiting" } });
});

test("forty calls at once are all on the board, each once", async () => {
	const counters = Array.from({ length: 40 }, (_, place) => String(place + 1));
	const opened = await openTestStation({ flags: ["--catalogue", catalogueWith(counters)] });
	const post = poster(opened);
	const zhao = await opened.signIn("1", "Zhao", "supervisor");
	for (const counter of counters) {
		const { id } = (await opened.issue()).body;
		// One member of staff walks from counter to counter; what was called there stays called.
		if (counter !== "1") await post(zhao, `counters/${Number(counter) - 1}/move`, { to: counter, ticket: "keep" });
		await post(zhao, `tickets/${id}/call`, { version: 1 });
	}
	const { body } = await opened.call("GET", "/api/board");
	const calls = body.calls as { number: string; counter: string }[];
	expect(calls.map(({ counter }) => counter).toSorted()).toEqual(counters.toSorted());
	expect(new Set(calls.map(({ number }) => number)).size).toBe(40);
});

describe("long words", () => {
	test("a name of sixty letters signs in and is shown whole; sixty-five are refused", async () => {
		const opened = await openTestStation();
		const post = poster(opened);
		const name = "W".repeat(60);
		const token = await opened.signIn("1", name, "supervisor");
		const { body } = await opened.call("GET", "/api/counters", { token });
		expect((body.counters as object[])[0]).toMatchObject({ staff: { name } });
		expect((await opened.call("GET", "/api/session/names")).body).toEqual({ names: [name] });
		expect(await post(token, "staff", { name: "W".repeat(65) })).toMatchObject({ body: { code: "NAME_REFUSED" } });
		// Marks that are not seen: turned round, or twice on the list with one look.
		expect(await post(token, "staff", { name: "\u202eLi" })).toMatchObject({ body: { code: "NAME_REFUSED" } });
		expect(await post(token, "staff", { name: `${name}\u200b` })).toMatchObject({ body: { code: "STAFF_EXISTS" } });
	});

	test("a note of two hundred Arabic characters is kept to the letter; one more is refused, and so is a line break", async () => {
		const opened = await openTestStation();
		const post = poster(opened);
		const { id } = (await opened.issue()).body;
		const token = await opened.signIn("1");
		const note = "\u0635".repeat(200);
		expect((await post(token, `tickets/${id}/note`, { version: 1, note: `${note}\u0635` })).status).toBe(400);
		expect((await post(token, `tickets/${id}/note`, { version: 1, note: "one\ntwo" })).status).toBe(400);
		expect((await post(token, `tickets/${id}/note`, { version: 1, note })).status).toBe(200);
		expect((await queueOf(opened, token)).tickets).toMatchObject([{ note }]);
	});
});
