import { once } from "node:events";
import { existsSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import { connect } from "node:tls";
import { expect, onTestFinished, test, vi } from "vitest";
import { healthSchema } from "../../../../protocol/api/health.ts";
import { serveWithTls } from "../../../../station/http/serve.ts";
import { makeCertificate, readKeyPair } from "../../../../station/network/certificate.ts";
import { openNetworkStation, openSession } from "../../../fixtures/network-station.ts";
import { openTestStation } from "../../../fixtures/station.ts";

test("boards are reached over TLS with the certificate whose fingerprint health shows", async () => {
	const { ask, call, origin, ca } = await openNetworkStation();
	expect((await ask("GET", "/api/board")).status).toBe(200);
	const { network } = healthSchema.parse((await call("GET", "/api/health")).body);
	expect(network).toMatchObject({ transport: "tls", addresses: [origin], advice: null });

	const socket = connect({ host: "127.0.0.1", port: Number(new URL(origin).port), ca });
	onTestFinished(() => void socket.destroy());
	await once(socket, "secureConnect");
	expect(socket.getPeerCertificate().fingerprint256).toBe(network.certificate?.fingerprint);
	expect(socket.authorized).toBe(true);
});

test("one connection carries more boards than a browser's six, and forgets those that leave", async () => {
	const { origin, ca, close, issue } = await openNetworkStation();
	const session = await openSession(origin, ca);
	const pictures: string[] = [];
	const boards = Array.from({ length: 20 }, () => {
		const board = session.request({ ":path": "/api/board/events" });
		board.setEncoding("utf8").on("data", (text: string) => {
			pictures.push(text);
		});
		board.on("error", () => {});
		return board;
	});
	await vi.waitUntil(() => pictures.filter((text) => text.includes('"seq":0')).length === 20);
	await issue();
	await vi.waitUntil(() => pictures.filter((text) => text.includes('"waitingCount":1')).length >= 20);
	for (const board of boards.slice(0, 19)) board.close();
	await Promise.all(boards.slice(0, 19).map((board) => once(board, "close")));
	const [rest] = boards.slice(19);
	pictures.length = 0;
	await issue();
	await vi.waitUntil(() => pictures.some((text) => text.includes('"waitingCount":2')));
	expect(rest?.closed).toBe(false);
	// An open board does not hold the station back.
	await close();
	await vi.waitUntil(() => session.destroyed || session.closed);
});

test("plain HTTP is not spoken on the network's port, nor old TLS", async () => {
	const { origin, ca } = await openNetworkStation();
	const port = Number(new URL(origin).port);
	await expect(once(get({ host: "127.0.0.1", port, path: "/api/board" }), "response")).rejects.toThrow();
	const old = connect({
		host: "127.0.0.1",
		port,
		ca,
		minVersion: "TLSv1.1",
		maxVersion: "TLSv1.1",
		ciphers: "ALL:@SECLEVEL=0",
	});
	await expect(once(old, "secureConnect")).rejects.toThrow();
});

test("only its own names are answered to, the one of mDNS and those of the certificate among them", async () => {
	const { ask } = await openNetworkStation();
	const named = async (host: string) => (await ask("GET", "/api/board", { headers: { host } })).status;
	expect(await named("paihao-permanent-residence-service-centre.local:8443")).toBe(200);
	expect(await named("rebound.example")).toBe(421);
	expect(await named("paihao-permanent-residence-service-centre.local.evil.example")).toBe(421);
});

test("a renewed certificate is met by the next connection; those that are open go on", async () => {
	const first = await makeCertificate(["localhost"], Date.now());
	const second = await makeCertificate(["localhost"], Date.now());
	const serving = await serveWithTls(async () => new Response("here"), { host: "127.0.0.1", port: 0 }, first);
	onTestFinished(serving.close);
	const meet = async () => {
		const socket = connect({ host: "127.0.0.1", port: serving.port, rejectUnauthorized: false });
		onTestFinished(() => void socket.destroy());
		await once(socket, "secureConnect");
		return socket;
	};
	const before = await meet();
	serving.renew(second);
	expect((await meet()).getPeerCertificate().fingerprint256).toBe(readKeyPair(second).fingerprint);
	before.write("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n");
	expect(String((await once(before, "data"))[0])).toContain("200 OK");
});

test("a station on its own machine makes no certificate; plain HTTP on the network is health's first word", async () => {
	const alone = await openTestStation();
	expect((await alone.call("GET", "/api/health")).body).toMatchObject({
		network: { transport: "none", addresses: [], certificate: null, advice: null },
	});
	expect(existsSync(join(alone.folder, "certificate.pem"))).toBe(false);
	await expect(openTestStation({ flags: ["--host", "0.0.0.0"] })).rejects.toThrow(
		/--network 0\.0\.0\.0 .* --plain-http/,
	);
	await expect(openTestStation({ flags: ["--tls-key", "x.key"] })).rejects.toThrow(
		/--tls-certificate and --tls-key belong together/,
	);
	const plain = await openTestStation({ flags: ["--host", "0.0.0.0", "--plain-http"] });
	expect((await plain.call("GET", "/api/health")).body).toMatchObject({
		network: { transport: "plain", advice: expect.stringMatching(/without TLS/) },
	});
});
