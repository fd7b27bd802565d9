import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openServerDatabase } from "../../db/server/open.ts";
import type { SiteId } from "../../protocol/model/ids.ts";
import { readReferral } from "../../server/commands/referrals.ts";
import { openSecrets } from "../../station/app/secrets.ts";
import { signToken } from "../../station/sync/enrolment/station-token.ts";
import { openHttpCalls } from "../../station/sync/server-calls.ts";
import { asSiteId, asStationId, asTicketId } from "../fixtures/ids.ts";
import { emptyServerFolder } from "../fixtures/server-database.ts";
import { postTicket, runCommand, type Spawned, spawnProgram, spawnReady } from "../fixtures/spawned-process.ts";
import { emptyFolder, TOP } from "../fixtures/station-folder.ts";

const FIRST = asSiteId("permanent-residence-service-centre");

/** A site with an enrolled station and a member of staff at its first counter. */
async function openSite(server: string, serverFolder: string, site: SiteId) {
	const data = emptyFolder();
	const flags = ["--data", data, "--site", site, "--printer", `virtual:${join(data, "paper")}`, "--port", "0"];
	const station = await spawnReady(["station", ...flags, "--headless"]);
	const { pin } = JSON.parse((await runCommand(["staff", "add", "Wang", "supervisor", "--data", data])).stdout);
	const { code } = JSON.parse((await runCommand(["server", "code", "--data", serverFolder, "--site", site])).stdout);
	expect(await runCommand(["enrol", "--data", data, "--server", server, "--code", code])).toMatchObject({ code: 0 });
	const ask = (token: string) => async (method: string, path: string, body?: object) => {
		const answer = await fetch(`${station.origin}/api/${path}`, {
			method,
			headers: { authorization: `Bearer ${token}`, ...(body && { "content-type": "application/json" }) },
			body: body ? JSON.stringify(body) : null,
		});
		return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
	};
	const session = await ask("")("POST", "session", { staff: "Wang", pin, counter: "1" });
	const events = async () =>
		(await runCommand(["events", "--data", data])).stdout
			.trim()
			.split("\n")
			.map((line) => {
				const {
					type,
					data: facts,
					personal: links,
				} = JSON.parse(line) as Record<"data" | "personal", object> & { type: string };
				return { type, data: { ...facts, ...links } as Record<string, unknown> };
			});
	return { data, station, staff: ask(String(session.body.token)), kiosk: ask(station.kioskKey), events };
}

async function issue(station: Spawned, key: string) {
	const answer = await postTicket(station, { topic: "work-permit", language: "ko", key });
	return (await answer.json()) as { id: string; code: string };
}

test("two sites and a server: a visitor is referred, expected, checked in once; each site knows the other's queue", {
	timeout: 120_000,
}, async () => {
	const serverFolder = emptyServerFolder();
	const server = await spawnProgram<{ server: string }>(["server", "--data", serverFolder, "--port", "0"]);
	const here = await openSite(server.ready.server, serverFolder, FIRST);
	const sent = await issue(here.station, "the-referred-visitor");
	await issue(here.station, "the-other-visitor");
	const refused = await here.staff("POST", `tickets/${sent.id}/refer`, { version: 1, site: "the-moon" });
	const [other = ""] = (refused.body.data as { sites: string[] }).sites.filter((site) => site !== FIRST);
	// The server knows the first site's queue before the second site asks for it.
	const asHere = openSecrets(here.data).enrolment;
	if (!asHere) throw new Error("It was enrolled.");
	const calls = openHttpCalls(server.ready.server, () => signToken(asHere, Date.now()));
	const known = async () => (await calls.network(null)).sites.find(({ site }) => site === FIRST);
	await expect.poll(known, { timeout: 60_000 }).toMatchObject({ waiting: 2, waitMinutes: expect.anything() });
	const there = await openSite(server.ready.server, serverFolder, asSiteId(other));

	const done = await here.staff("POST", `tickets/${sent.id}/refer`, { version: 1, site: other });
	expect(done).toMatchObject({ status: 200, body: { state: "finished", outcome: "referred" } });
	const expected = async () => (await there.staff("GET", "visits")).body;
	await expect.poll(expected, { timeout: 60_000 }).toMatchObject({
		visits: [{ kind: "referral", topic: "work-permit", language: "ko", fromSite: FIRST, ticket: null }],
	});

	// The first site's paper is valid at the second site; twice it gives the same ticket.
	const checkIn = () => there.kiosk("POST", "check-in", { code: sent.code, language: "en" });
	const arrived = await checkIn();
	expect(arrived).toMatchObject({ status: 201, body: { topic: "work-permit", language: "ko" } });
	expect((await checkIn()).body.id).toBe(arrived.body.id);

	// Both legs are linked: the second site's visit names the first one's ticket, its ticket names the visit.
	const thereEvents = await there.events();
	const visit = thereEvents.find(({ type }) => type === "visit.expected")?.data;
	expect(visit).toMatchObject({ kind: "referral", from: { site: FIRST, ticket: sent.id } });
	const issued = thereEvents.filter(({ type }) => type === "ticket.issued");
	expect(issued.map(({ data }) => [data.ticket, data.visit])).toEqual([[arrived.body.id, visit?.visit]]);
	const leg = (await here.events()).find(({ type }) => type === "ticket.referred")?.data;
	expect(leg).toMatchObject({ ticket: sent.id, site: other });

	// The server has both legs.
	const address = readFileSync(join(serverFolder, "database-address"), "utf8").trim();
	const { database, close } = await openServerDatabase(address, join(TOP, "db/server/migrations"), {
		maxConnections: 1,
	});
	const first = { station: asStationId(openSecrets(here.data).enrolment?.station ?? ""), ticket: asTicketId(sent.id) };
	await expect
		.poll(() => readReferral(database, first), { timeout: 60_000 })
		.toMatchObject({
			first: { ...first, site: FIRST },
			site: other,
			second: { kind: "arrived", site: other, visit: visit?.visit, ticket: arrived.body.id },
		});
	await close();

	// A search for the topic at other sites shows the other site's queue and when it was known.
	const otherSites = async () =>
		((await there.kiosk("GET", "topics/work-permit/other-sites")).body.sites as { id: string; queue: unknown }[]).find(
			({ id }) => id === FIRST,
		)?.queue;
	await expect.poll(otherSites, { timeout: 100_000 }).toMatchObject({
		ahead: expect.any(Number),
		wait: { minMinutes: expect.any(Number) },
		knownAt: expect.any(Number),
	});
	expect(await server.end("SIGTERM")).toEqual({ code: 0, signal: null });
});
