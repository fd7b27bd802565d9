import { spawn } from "node:child_process";
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import pg from "pg";
import { signToken } from "../station/sync/enrolment/station-token.ts";
import { asStationId } from "../test/fixtures/ids.ts";
import { quantile, writeFigure } from "./figure.ts";
import { type BenchServer, startServer } from "./server-process.ts";
import { residentMegabytes, TOP } from "./station-process.ts";

const STATIONS = 10_000;
/** Each station polls every 15 to 30 s (station/sync/backoff.ts). */
const POLLS_A_SECOND = STATIONS / 22.5;
const POLLED_FOR = 10_000;
const CONNECTIONS = 32;
/** How long stations may take to have a new catalogue, in milliseconds. */
const GIVES_UP_AFTER = 60_000;

/**
 * 10,000 stations of one instance: each holds its stream of hints open and polls at its own pace; then a catalogue is
 * published, and each fetches it within the time that its hint tells. The stations are sockets of this process: it and
 * the server share the machine.
 */
export async function benchFleet(): Promise<void> {
	const server = await startServer();
	try {
		const tokens = await enrolAll(server);
		const before = residentMegabytes(server.pid);
		const listeners = await listenAll(server, tokens);
		const kilobytes = ((residentMegabytes(server.pid) - before) * 1_024) / STATIONS;
		const polls = await pollAll(server, tokens);
		const taken = await publishTo(server, tokens, listeners);
		for (const { socket } of listeners) socket.destroy();

		const beside = { stations: STATIONS, "polls a second": POLLS_A_SECOND, "p50, ms": quantile(polls, 0.5) };
		writeFigure({
			figure: "fleet: a poll, p99",
			value: quantile(polls, 0.99),
			unit: "ms",
			goal: { atMost: 100 },
			beside,
		});
		writeFigure({
			figure: "fleet: memory for a station that listens",
			value: kilobytes,
			unit: "KB",
			goal: { atMost: 50 },
			beside: { "server, MB": residentMegabytes(server.pid) },
		});
		writeFigure({
			figure: "fleet: a new catalogue on 99 % of the stations",
			value: quantile(taken, 0.99) / 1_000,
			unit: "s",
			goal: { atMost: 30 },
			beside: { "p50, s": quantile(taken, 0.5) / 1_000, fetched: taken.length },
		});
	} finally {
		await server.end();
	}
}

/** Stations as enrolment leaves them, all with one device's key: signing is not what is measured. */
async function enrolAll({ database }: BenchServer): Promise<string[]> {
	const { publicKey, privateKey } = generateKeyPairSync("ed25519");
	const spki = publicKey.export({ format: "der", type: "spki" }).toString("base64url");
	const pkcs8 = privateKey.export({ format: "der", type: "pkcs8" }).toString("base64url");
	const ids = Array.from({ length: STATIONS }, () => randomUUID());
	const client = new pg.Client({ connectionString: database });
	await client.connect();
	await client.query(
		"insert into station (id, site, public_key, enrolled_at) select id, 'site-' || place, $2, 1 from unnest($1::uuid[]) with ordinality as one(id, place)",
		[ids, spki],
	);
	await client.end();
	return Promise.all(
		ids.map((station) => signToken({ server: "", station: asStationId(station), privateKey: pkcs8 }, Date.now())),
	);
}

interface Listener {
	socket: Socket;
	/** Milliseconds within which to poll, once a hint came. */
	hinted: Promise<number>;
}

const requestOf = ({ origin }: BenchServer, path: string, token: string) =>
	`GET /sync/${path} HTTP/1.1\r\nhost: ${new URL(origin).host}\r\nauthorization: Bearer ${token}\r\n\r\n`;

async function listenAll(server: BenchServer, tokens: readonly string[]): Promise<Listener[]> {
	const { hostname, port } = new URL(server.origin);
	const listeners: Listener[] = [];
	for (let from = 0; from < tokens.length; from += 200) {
		const some = tokens.slice(from, from + 200).map(async (token): Promise<Listener> => {
			const socket = connect({ host: hostname, port: Number(port) });
			await once(socket, "connect");
			socket.write(requestOf(server, "hints", token));
			const [head] = (await once(socket, "data")) as [Buffer];
			if (!head.includes("200 OK")) throw new Error(head.toString("utf8"));
			const hinted = new Promise<number>((resolve) =>
				socket.on("data", (data: Buffer) => {
					const within = /"within":(\d+)/.exec(data.toString("utf8"))?.[1];
					if (within !== undefined) resolve(Number(within));
				}),
			);
			return { socket, hinted };
		});
		listeners.push(...(await Promise.all(some)));
	}
	return listeners;
}

/**
 * A connection that asks one thing at a time, and reads answers of known length. Who has some takes the one that has
 * rested longest: the server closes one that rests for five seconds.
 */
async function openAsker(server: BenchServer) {
	const { hostname, port } = new URL(server.origin);
	const socket = connect({ host: hostname, port: Number(port), noDelay: true });
	await once(socket, "connect");
	let received = Buffer.alloc(0);
	let answered: (() => void) | undefined;
	socket.on("data", (data: Buffer) => {
		received = Buffer.concat([received, data]);
		const end = received.indexOf("\r\n\r\n");
		if (end < 0) return;
		const head = received.subarray(0, end).toString("latin1");
		const length = Number(/content-length: (\d+)/i.exec(head)?.[1]);
		const isWhole = Number.isNaN(length)
			? received.subarray(-5).equals(Buffer.from("0\r\n\r\n"))
			: received.length >= end + 4 + length;
		if (!isWhole) return;
		if (!head.startsWith("HTTP/1.1 200")) throw new Error(received.toString("utf8"));
		received = Buffer.alloc(0);
		answered?.();
	});
	return {
		/** Milliseconds until the answer was whole. */
		async ask(path: string, token: string): Promise<number> {
			const began = performance.now();
			const over = new Promise<void>((resolve) => {
				answered = resolve;
			});
			socket.write(requestOf(server, path, token));
			await over;
			return performance.now() - began;
		},
		close: () => socket.destroy(),
	};
}

/** Polls at the stations' rhythm, whether answers are late or not. */
async function pollAll(server: BenchServer, tokens: readonly string[]): Promise<number[]> {
	const idle = await Promise.all(Array.from({ length: CONNECTIONS }, () => openAsker(server)));
	const all = [...idle];
	const samples: number[] = [];
	const under = new Set<Promise<void>>();
	const began = performance.now();
	const count = Math.floor((POLLED_FOR / 1_000) * POLLS_A_SECOND);
	for (let poll = 0; poll < count; poll += 1) {
		const due = began + (poll * 1_000) / POLLS_A_SECOND;
		const early = due - performance.now();
		if (early > 1) await new Promise((resolve) => setTimeout(resolve, early));
		while (idle.length === 0) await Promise.race(under);
		const asker = idle.shift();
		if (!asker) continue;
		// From when it was due: a server that is behind is late for whoever waits for a connection, too.
		const asked = asker.ask("poll?after=0", tokens[poll % tokens.length] ?? "").then(() => {
			samples.push(performance.now() - due);
			idle.push(asker);
			under.delete(asked);
		});
		under.add(asked);
	}
	await Promise.all(under);
	for (const asker of all) asker.close();
	return samples;
}

/** Milliseconds after the publication until each station has the catalogue. */
async function publishTo(
	server: BenchServer,
	tokens: readonly string[],
	listeners: readonly Listener[],
): Promise<number[]> {
	const idle = await Promise.all(Array.from({ length: CONNECTIONS }, () => openAsker(server)));
	const all = [...idle];
	const waiting: (() => void)[] = [];
	const taken: number[] = [];
	let began = performance.now();
	const fetchAt = async (token: string, hinted: Promise<number>) => {
		const within = await hinted;
		await new Promise((resolve) => setTimeout(resolve, Math.random() * within));
		let asker = idle.shift();
		while (!asker) {
			await new Promise<void>((resolve) => waiting.push(resolve));
			asker = idle.shift();
		}
		await asker.ask("poll?after=0", token);
		await asker.ask("documents/catalogue", token);
		idle.push(asker);
		waiting.shift()?.();
		taken.push(performance.now() - began);
	};
	const fetching = listeners.map(({ hinted }, index) => fetchAt(tokens[index] ?? "", hinted));
	const publishing = spawn(
		process.execPath,
		[join(TOP, "bin/paihao.mjs"), "catalogue", "publish", join(TOP, "resources/catalogue"), "--data", server.data],
		{ stdio: ["ignore", "ignore", "inherit"] },
	);
	// The first hint is the publication: what the command does before it is a person's time.
	void Promise.race(listeners.map(({ hinted }) => hinted)).then(() => {
		began = performance.now();
	});
	await once(publishing, "exit");
	const late = new Promise<void>((resolve) => setTimeout(resolve, GIVES_UP_AFTER).unref());
	await Promise.race([Promise.all(fetching), late]);
	for (const asker of all) asker.close();
	// Who has none by now counts as never.
	while (taken.length < STATIONS) taken.push(GIVES_UP_AFTER);
	return taken;
}
