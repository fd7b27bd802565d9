import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { areBrowserKeys, encryptMessage } from "../../../../station/web-push/encrypt-message.ts";
import { noticeOf } from "../../../../station/web-push/notice.ts";
import { readOwnKey } from "../../../../station/web-push/own-key.ts";
import { PUSH_SERVICES, toEndpoint } from "../../../../station/web-push/push-service.ts";
import { asCounter } from "../../../fixtures/ids.ts";
import { emptyFolder } from "../../../fixtures/station-folder.ts";

/** RFC 8291, appendix A. */
const EXAMPLE = {
	keys: {
		p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
		auth: "BTBZMqHH6r4Tts7J_aSIgg",
	},
	privateKey: Buffer.from("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw", "base64url"),
	salt: Buffer.from("DGv6ra1nlYgDCS1FRnbzlw", "base64url"),
	body:
		"DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_" +
		"yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
};

test("a message is encrypted as RFC 8291 has it in its example", () => {
	const message = Buffer.from("When I grow up, I want to be a watermelon");
	expect(encryptMessage(message, EXAMPLE.keys, EXAMPLE).toString("base64url")).toBe(EXAMPLE.body);
});

test.each([
	["a point that is not on the curve", { ...EXAMPLE.keys, p256dh: Buffer.alloc(65, 4).toString("base64url") }],
	["a short point", { ...EXAMPLE.keys, p256dh: EXAMPLE.keys.p256dh.slice(0, 40) }],
	["no point", { ...EXAMPLE.keys, p256dh: "" }],
	["a short secret", { ...EXAMPLE.keys, auth: "BTBZMqHH6r4" }],
])("a browser's keys are refused: %s", (_, keys) => {
	expect(areBrowserKeys(EXAMPLE.keys)).toBe(true);
	expect(areBrowserKeys(keys)).toBe(false);
});

test.each([
	["https://fcm.googleapis.com/fcm/send/abc", true],
	["https://updates.push.services.mozilla.com/wpush/v2/abc", true],
	["https://web.push.apple.com/abc", true],
	["https://wns2-par02p.notify.windows.com/w/?token=abc", true],
	["http://fcm.googleapis.com/fcm/send/abc", false],
	["https://fcm.googleapis.com:8443/fcm/send/abc", false],
	["https://fcm.googleapis.com.evil.example/abc", false],
	["https://evilfcm.googleapis.com/abc", false],
	["https://someone:else@fcm.googleapis.com/abc", false],
	["https://192.168.1.1/router", false],
	["http://127.0.0.1:8470/api/queue", false],
	["file:///etc/passwd", false],
	["not an address", false],
])("the station calls a push service and nothing else: %s %s", (address, isCalled) => {
	expect(toEndpoint(address, PUSH_SERVICES) !== null).toBe(isCalled);
});

test("a visitor is told of each call, and of being next while a counter could call; never of a ticket that is over", () => {
	const waiting = {
		state: "waiting",
		counter: null,
		calls: 0,
		ahead: 0,
		wait: { minMinutes: 0, maxMinutes: 5 },
		heldBack: null,
	} as const;
	expect(noticeOf(waiting)).toEqual({ kind: "next", key: "next" });
	expect(noticeOf({ ...waiting, ahead: 1 })).toBe("nothing");
	expect(noticeOf({ ...waiting, wait: null })).toBe("nothing");
	expect(noticeOf({ ...waiting, heldBack: { until: 1, reason: "missed-call" } })).toBe("nothing");
	const called = { ...waiting, state: "called", counter: asCounter("1"), calls: 1 } as const;
	expect(noticeOf(called)).toEqual({ kind: "called", key: "called 1 1" });
	// Called again, and for the first time at the counter that goes on with the ticket.
	const others = [
		{ ...called, calls: 2 },
		{ ...called, counter: asCounter("2") },
	].map(noticeOf);
	expect(others).toEqual([
		{ kind: "called", key: "called 1 2" },
		{ kind: "called", key: "called 2 1" },
	]);
	for (const state of ["finished", "cancelled"] as const) expect(noticeOf({ ...waiting, state })).toBe("over");
	for (const state of ["serving", "parked", "missed"] as const) expect(noticeOf({ ...waiting, state })).toBe("nothing");
});

test("a key of another curve, or none, is refused with the command that makes one", () => {
	const folder = emptyFolder();
	const keyOf = (namedCurve: string) =>
		generateKeyPairSync("ec", {
			namedCurve,
			privateKeyEncoding: { type: "pkcs8", format: "pem" },
			publicKeyEncoding: { type: "spki", format: "pem" },
		}).privateKey;
	const [other, right, missing] = ["other.pem", "right.pem", "missing.pem"].map((name) => join(folder, name)) as [
		string,
		string,
		string,
	];
	writeFileSync(other, keyOf("secp384r1"));
	writeFileSync(right, keyOf("P-256"));
	for (const file of [other, missing])
		expect(() => readOwnKey(file, "mailto:it@example.cn")).toThrow(/openssl genpkey .*P-256/);
	expect(Buffer.from(readOwnKey(right, "mailto:it@example.cn").publicKey, "base64url")).toHaveLength(65);
});
