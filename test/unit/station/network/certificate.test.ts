import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { describe, expect, onTestFinished, test } from "vitest";
import { isNamedBy, makeCertificate, readKeyPair } from "../../../../station/network/certificate.ts";
import { openOwnCertificate, readGivenCertificate } from "../../../../station/network/certificate-file.ts";
import { adviceOn } from "../../../../station/network/network.ts";
import { localNameOf } from "../../../../station/network/own-names.ts";
import { openRenewedCertificate } from "../../../../station/network/renew-certificate.ts";
import { asSiteId } from "../../../fixtures/ids.ts";
import { emptyFolder } from "../../../fixtures/station-folder.ts";
import { MONDAY_NINE } from "../../../fixtures/ticket-service.ts";

const DAY = 24 * 60 * 60_000;
const own = { local: "paihao-a-site.local", listening: "127.0.0.1" };

describe("the station's own certificate", () => {
	test("is made once, with a key that only its owner reads, and kept", async () => {
		const folder = emptyFolder();
		const made = await openOwnCertificate(folder, own, MONDAY_NINE);
		expect(made).toMatchObject({
			from: "station",
			fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
		});
		expect(made.names).toEqual(expect.arrayContaining(["paihao-a-site.local", "localhost"]));
		expect(statSync(join(folder, "certificate.pem")).mode & 0o777).toBe(0o600);
		expect(await openOwnCertificate(folder, own, MONDAY_NINE + 700 * DAY)).toEqual(made);
	});

	test("is made anew sixty days before its end, and where the clock was years ahead", async () => {
		const folder = emptyFolder();
		const made = await openOwnCertificate(folder, own, MONDAY_NINE);
		const later = await openOwnCertificate(folder, own, MONDAY_NINE + 761 * DAY);
		expect(later.fingerprint).not.toBe(made.fingerprint);
		expect(later.validUntil - MONDAY_NINE).toBeGreaterThan(1_500 * DAY);
		const earlier = await openOwnCertificate(folder, own, MONDAY_NINE);
		expect(earlier.validFrom).toBeLessThan(MONDAY_NINE);
	});

	test.each([
		["nothing"],
		["a letter, not a certificate"],
		["-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"],
	])("is made anew where the file holds %j", async (text) => {
		const folder = emptyFolder();
		writeFileSync(join(folder, "certificate.pem"), text === "nothing" ? "" : text);
		const made = await openOwnCertificate(folder, own, MONDAY_NINE);
		expect(readFileSync(join(folder, "certificate.pem"), "utf8")).toBe(made.key + made.certificate);
	});
});

describe("a certificate that IT gives", () => {
	const given = async (now = MONDAY_NINE) => {
		const folder = emptyFolder();
		const files = { certificate: join(folder, "given.crt"), key: join(folder, "given.key") };
		const pair = await makeCertificate(["queue.example", "*.hall.example"], now);
		writeFileSync(files.certificate, pair.certificate);
		writeFileSync(files.key, pair.key);
		return { files, pair };
	};

	test("is taken as it is", async () => {
		const { files, pair } = await given();
		const { certificate, key } = pair;
		expect(readGivenCertificate(files, MONDAY_NINE)).toEqual({ key, certificate, ...readKeyPair(pair), from: "given" });
	});

	test("is refused with one sentence where it is missing, foreign, no PEM or past", async () => {
		const { files } = await given();
		const other = await given();
		const read =
			(certificate: string, key: string, now = MONDAY_NINE) =>
			() =>
				readGivenCertificate({ certificate, key }, now);
		const refused = (sentence: RegExp) =>
			expect.objectContaining({ code: "TLS_FILES_REFUSED", message: expect.stringMatching(sentence) });
		expect(read("/nowhere.crt", files.key)).toThrow(refused(/\/nowhere\.crt of --tls-certificate cannot be read/));
		expect(read(files.certificate, "/nowhere.key")).toThrow(refused(/\/nowhere\.key of --tls-key cannot be read/));
		expect(read(files.certificate, other.files.key)).toThrow(refused(/are not a certificate and its key/));
		expect(read(files.key, files.certificate)).toThrow(refused(/are not a certificate and its key/));
		expect(read(files.certificate, files.key, MONDAY_NINE + 830 * DAY)).toThrow(refused(/ended on 2\d{3}-/));
	});

	test("is read again while the station runs; a bad one is told and the one before stays", async () => {
		const { files, pair } = await given();
		const warnings: Record<string, unknown>[] = [];
		const log = pino({ level: "warn" }, { write: (line) => void warnings.push(JSON.parse(line)) });
		const kept = await openRenewedCertificate({
			folder: emptyFolder(),
			own,
			given: files,
			clock: () => MONDAY_NINE,
			log,
		});
		onTestFinished(kept.close);
		const met: string[] = [];
		kept.onRenewed(({ fingerprint }) => void met.push(fingerprint));
		const { fingerprint } = readKeyPair(pair);

		await kept.poll();
		expect(met).toEqual([]);
		writeFileSync(files.certificate, "half a fi");
		await kept.poll();
		expect(kept.current().fingerprint).toBe(fingerprint);
		expect(warnings).toEqual([expect.objectContaining({ level: 50 })]);
		const later = await makeCertificate(["queue.example"], MONDAY_NINE);
		writeFileSync(files.certificate, later.certificate);
		writeFileSync(files.key, later.key);
		await kept.poll();
		expect(met).toEqual([readKeyPair(later).fingerprint]);
		expect(kept.current().key).toBe(later.key);
	});
});

test("names: a star stands for one label, and a long site still makes a valid name", () => {
	const names = ["queue.example", "*.hall.example"];
	expect(["queue.example", "one.hall.example"].map((host) => isNamedBy(names, host))).toEqual([true, true]);
	expect(
		["example", "hall.example", "a.b.hall.example", "hall.example.evil", ""].map((host) => isNamedBy(names, host)),
	).toEqual(Array(5).fill(false));
	expect(localNameOf(asSiteId("a-site"))).toBe("paihao-a-site.local");
	expect(localNameOf(asSiteId(`${"x".repeat(55)}-tail`)).split(".")[0]).toHaveLength(62);
});

test("health advises: plain HTTP always, a given certificate in its last week, the own one never", () => {
	const validUntil = MONDAY_NINE + 8 * DAY;
	const at = (from: "given" | "station", now: number) =>
		adviceOn({ plain: false, certificate: { from, validUntil }, now });
	expect(adviceOn({ plain: true, certificate: undefined, now: 0 })).toMatch(/without TLS/);
	expect(at("given", MONDAY_NINE)).toBeNull();
	expect(at("given", MONDAY_NINE + DAY)).toMatch(/expires on/);
	expect(at("given", validUntil)).toMatch(/expired on/);
	expect(at("station", validUntil)).toBeNull();
});
