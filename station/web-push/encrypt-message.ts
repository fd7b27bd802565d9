import { createCipheriv, createECDH, ECDH, hkdfSync, randomBytes } from "node:crypto";

/** The keys that a browser gives with its subscription, base64url. */
export interface BrowserKeys {
	p256dh: string;
	auth: string;
}

const CURVE = "prime256v1";
const AUTH_BYTES = 16;
const POINT_BYTES = 65;
const RECORD_BYTES = 4_096;
/** Marks the last record (RFC 8188, 2). */
const LAST_RECORD = Buffer.from([2]);

/** Whether a message can be encrypted for these keys: a point on the curve, and a secret of the right length. */
export function areBrowserKeys({ p256dh, auth }: BrowserKeys): boolean {
	try {
		const point = Buffer.from(p256dh, "base64url");
		ECDH.convertKey(point, CURVE, undefined, "hex");
		return point.length === POINT_BYTES && Buffer.from(auth, "base64url").length === AUTH_BYTES;
	} catch {
		return false;
	}
}

/**
 * A message for one browser as RFC 8291 has it, in one record of RFC 8188: the push service between reads nothing of it.
 * `salt` and `privateKey` are new for each message; tests give those of the RFC's example.
 */
export function encryptMessage(
	message: Buffer,
	{ p256dh, auth }: BrowserKeys,
	{ salt = randomBytes(16), privateKey }: { salt?: Buffer; privateKey?: Buffer } = {},
): Buffer {
	const own = createECDH(CURVE);
	if (privateKey) own.setPrivateKey(privateKey);
	else own.generateKeys();
	const browserKey = Buffer.from(p256dh, "base64url");
	const ownKey = own.getPublicKey();
	const derive = (secret: Buffer, saltOf: Buffer, info: readonly (string | Buffer)[], length: number) =>
		Buffer.from(hkdfSync("sha256", secret, saltOf, Buffer.concat(info.map((part) => Buffer.from(part))), length));

	const shared = own.computeSecret(browserKey);
	const secret = derive(shared, Buffer.from(auth, "base64url"), ["WebPush: info\0", browserKey, ownKey], 32);
	const key = derive(secret, salt, ["Content-Encoding: aes128gcm\0"], 16);
	const nonce = derive(secret, salt, ["Content-Encoding: nonce\0"], 12);

	const cipher = createCipheriv("aes-128-gcm", key, nonce);
	const encrypted = [cipher.update(message), cipher.update(LAST_RECORD), cipher.final(), cipher.getAuthTag()];
	const recordSize = Buffer.alloc(4);
	recordSize.writeUInt32BE(RECORD_BYTES);
	return Buffer.concat([salt, recordSize, Buffer.from([ownKey.length]), ownKey, ...encrypted]);
}
