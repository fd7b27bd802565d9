import { expect, test } from "vitest";
import { openTestStation } from "../../../fixtures/station.ts";

async function servingStation() {
	const opened = await openTestStation();
	const post = (token: string, path: string, body: unknown = {}) =>
		opened.call("POST", `/api/${path}`, { token, body });
	const li = await opened.signIn("1", "Li");
	const zhao = await opened.signIn("2", "Zhao", "supervisor");
	const supervisors = [zhao, await opened.signIn("3", "Qian", "supervisor")] as const;
	await opened.issue();
	await post(li, "counters/1/next");
	const served = (await post(li, "counters/1/start")).body;
	const ticketNow = async () => (await opened.call("GET", `/api/tickets/${served.id}`, { token: zhao })).body;
	return { ...opened, post, li, supervisors, served, ticketNow };
}

test("two supervisors end one session at once, each with another end for its ticket: one does it, the other is told", async () => {
	const { post, supervisors, ticketNow } = await servingStation();
	const ends = ["return", "finish"];
	const answers = await Promise.all(
		supervisors.map((token, place) => post(token, "counters/1/end-session", { ticket: ends[place] })),
	);
	const done = answers.findIndex(({ status }) => status === 204);
	expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
	expect(answers[1 - done]).toMatchObject({ status: 409, body: { code: "COUNTER_UNSTAFFED" } });
	expect(await ticketNow()).toMatchObject({ state: done === 0 ? "waiting" : "finished" });
});

test("two supervisors move two colleagues to one free counter at once: one sits there, the other stays", async () => {
	const { post, supervisors, signIn, call } = await servingStation();
	await signIn("4", "Wang");
	await signIn("5", "Sun");
	const answers = await Promise.all(
		supervisors.map((token, place) => post(token, `counters/${4 + place}/move`, { to: "6" })),
	);
	expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 409]);
	const { counters } = (await call("GET", "/api/counters", { token: supervisors[0] })).body as {
		counters: { counter: string; staff: { name: string } | null }[];
	};
	const seats = counters.flatMap(({ counter, staff }) => (staff ? [`${counter} ${staff.name}`] : []));
	expect(seats.filter((seat) => /Wang|Sun/.test(seat))).toHaveLength(2);
	expect(seats.filter((seat) => seat.startsWith("6 "))).toHaveLength(1);
});

test("an account is removed while it serves: its visitor is shown as left behind, and a colleague goes on", async () => {
	const { call, post, supervisors, served, ticketNow } = await servingStation();
	const [zhao = "", qian = ""] = supervisors;
	const { accounts } = (await call("GET", "/api/staff", { token: zhao })).body as {
		accounts: { id: string; name: string }[];
	};
	const li = accounts.find(({ name }) => name === "Li")?.id;
	const removals = await Promise.all(supervisors.map((token) => call("DELETE", `/api/staff/${li}`, { token })));
	expect(removals.filter(({ status }) => status === 204)).toHaveLength(1);
	expect(removals.every(({ status }) => status < 500)).toBe(true);
	const { tickets } = (await call("GET", "/api/queue", { token: qian })).body as {
		tickets: { id: string; stranded: string | null }[];
	};
	expect(tickets.find(({ id }) => id === served.id)).toMatchObject({ stranded: "counter-left" });
	const { version } = await ticketNow();
	expect(await post(qian, `tickets/${served.id}/finish`, { version })).toMatchObject({ body: { state: "finished" } });
});

test("whoever takes over the counter of a colleague on a break goes on with the visitor there, and is at work", async () => {
	const { call, post, li, signIn } = await servingStation();
	await post(li, "session/pause", {});
	await signIn("4", "Wang");
	const body = { staff: "Wang", pin: "4821", counter: "1", takeOver: true };
	const { status, body: session } = await call("POST", "/api/session", { body });
	expect(status).toBe(201);
	const token = String(session.token);
	expect(await post(token, "counters/1/finish")).toMatchObject({ status: 200, body: { state: "finished" } });
	// Nobody waits, which is not the same as a break.
	expect(await post(token, "counters/1/next")).toMatchObject({ status: 204 });
});

test("two supervisors add one name at once: one is given a PIN, and it is the one that signs in", async () => {
	const { call, supervisors } = await servingStation();
	const answers = await Promise.all(
		["Wu Min", "wu  min"].map((name, place) =>
			call("POST", "/api/staff", { token: supervisors[place], body: { name } }),
		),
	);
	const added = answers.find(({ status }) => status === 201);
	expect(answers.find(({ status }) => status !== 201)).toMatchObject({ status: 409, body: { code: "STAFF_EXISTS" } });
	const body = { staff: "Wu Min", pin: added?.body.pin, counter: "4" };
	expect(await call("POST", "/api/session", { body })).toMatchObject({ status: 201 });
});

test("an account that is removed, or is made a supervisor, while its new PIN is made is not brought back as it was", async () => {
	const { call, supervisors } = await servingStation();
	const [zhao = "", qian = ""] = supervisors;
	const add = async (name: string) => (await call("POST", "/api/staff", { token: zhao, body: { name } })).body.id;
	const [wu, sun] = [await add("Wu"), await add("Sun")];
	const [reset, removed] = await Promise.all([
		call("POST", `/api/staff/${wu}/pin`, { token: zhao }),
		call("DELETE", `/api/staff/${wu}`, { token: qian }),
	]);
	expect(removed?.status).toBe(204);
	// Whichever came first.
	expect(reset?.status === 201 || reset?.body.code === "STAFF_UNKNOWN").toBe(true);
	await Promise.all([
		call("POST", `/api/staff/${sun}/pin`, { token: zhao }),
		call("PUT", `/api/staff/${sun}/role`, { token: qian, body: { role: "supervisor" } }),
	]);
	const { accounts } = (await call("GET", "/api/staff", { token: zhao })).body;
	expect(accounts).toContainEqual(expect.objectContaining({ name: "Sun", role: "supervisor" }));
	expect(accounts).not.toContainEqual(expect.objectContaining({ name: "Wu" }));
});
