import { createSocket } from "node:dgram";
import { once } from "node:events";
import openMulticast, { type QueryOutgoingPacket, type ResponsePacket } from "multicast-dns";
import { expect, onTestFinished, test } from "vitest";
import { announce } from "../../../../station/network/announce.ts";
import { recordsOf, replyTo } from "../../../../station/network/mdns-records.ts";

const announced = { name: "a-site", local: "paihao-a-site.local", port: 8443, fingerprint: "AB:CD" };
const addresses = ["192.0.2.7", "2001:db8::7"];

test("whoever looks for the service is told where it is in one answer", () => {
	const reply = replyTo([{ name: "_Paihao._tcp.local", type: "PTR" }], announced, addresses);
	expect(reply?.answers).toMatchObject([{ type: "PTR", data: "a-site._paihao._tcp.local" }]);
	expect(reply?.additionals.map(({ type }) => type)).toEqual(["SRV", "TXT", "A", "AAAA"]);
	expect(reply?.additionals[1]).toMatchObject({ data: ["path=/", "fingerprint=abcd"] });
});

test("a name is answered with addresses of the kind that is asked for; other names with silence", () => {
	const ask = (name: string, type: "A" | "AAAA" | "PTR") => replyTo([{ name, type }], announced, addresses);
	expect(ask("PAIHAO-a-site.local", "A")).toMatchObject({ answers: [{ data: "192.0.2.7" }], additionals: [] });
	expect(ask("paihao-a-site.local", "AAAA")?.answers).toMatchObject([{ data: "2001:db8::7" }]);
	expect(ask("_services._dns-sd._udp.local", "PTR")?.answers).toMatchObject([{ data: "_paihao._tcp.local" }]);
	expect(ask("paihao-other.local", "A")).toBeUndefined();
	expect(ask("_http._tcp.local", "PTR")).toBeUndefined();
	expect(replyTo([], announced, addresses)).toBeUndefined();
	expect(recordsOf(announced, addresses, true).every((record) => "ttl" in record && record.ttl === 0)).toBe(true);
});

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
	const socket = createSocket("udp4").bind(0, "127.0.0.1");
	await once(socket, "listening");
	const { port } = socket.address();
	socket.close();
	return port;
}

test("over a real socket: a resolver that hears no multicast gets its own answer, with its question's id", async () => {
	const port = await freePort();
	const warnings: unknown[] = [];
	const log = { warn: (what: unknown) => void warnings.push(what) };
	const announcing = announce({ ...announced, listening: "127.0.0.1" }, log, {
		multicast: false,
		bind: "127.0.0.1",
		port,
	});
	onTestFinished(announcing.close);
	const asker = openMulticast({ multicast: false, port: 0 });
	onTestFinished(() => new Promise((resolve) => asker.destroy(() => resolve())));
	const answered = once(asker, "response");
	// UDP promises nothing, not even on loopback while the other side still binds: ask until there is an answer.
	const question: QueryOutgoingPacket & { id: number } = {
		id: 4_711,
		questions: [{ name: "paihao-a-site.local", type: "A" }],
	};
	const asking = setInterval(() => asker.query(question, { address: "127.0.0.1", port }), 50);
	onTestFinished(() => clearInterval(asking));
	const [packet] = (await answered) as [ResponsePacket];
	expect(packet).toMatchObject({ id: 4_711, answers: [{ name: "paihao-a-site.local", type: "A", data: "127.0.0.1" }] });
	expect(warnings).toEqual([]);
});

test("a port that cannot be had is told once, and nothing breaks", async () => {
	const blocker = createSocket("udp4").bind(0, "127.0.0.1");
	onTestFinished(() => void blocker.close());
	await once(blocker, "listening");
	const warned = new Promise((resolve) => {
		const log = { warn: resolve };
		const { close } = announce({ ...announced, listening: "127.0.0.1" }, log, {
			multicast: false,
			bind: "127.0.0.1",
			port: blocker.address().port,
		});
		onTestFinished(close);
	});
	expect(await warned).toMatchObject({ err: { code: "EADDRINUSE" } });
});
