import type { Logger } from "pino";
import { SECOND_MS } from "../../lib/time/durations.ts";
import type { WebPushMessage } from "../../protocol/model/web-push.ts";
import { type BrowserKeys, encryptMessage } from "./encrypt-message.ts";
import type { OwnKey } from "./own-key.ts";

const TIMEOUT_MS = 10 * SECOND_MS;
/** A call that comes later than this is no help: the push service forgets it. */
const LIFE_SECONDS = 300;

/** `gone`: the browser has ended its subscription. `failed`: it may still be delivered, so it is tried again. */
export type SendOutcome = "sent" | "gone" | "refused" | "failed";

export type SendMessage = (
	message: WebPushMessage,
	to: BrowserKeys & { endpoint: string },
	now: number,
) => Promise<SendOutcome>;

/** Hands a message to a push service (RFC 8030). The log names its host, never the subscription. */
export function makeSendMessage({
	key,
	log,
	closing,
}: {
	key: OwnKey;
	log: Logger;
	closing: AbortSignal;
}): SendMessage {
	return async (message, { endpoint, ...keys }, now) => {
		const url = new URL(endpoint);
		try {
			const { status } = await fetch(url, {
				method: "POST",
				body: new Uint8Array(encryptMessage(Buffer.from(JSON.stringify(message)), keys)),
				headers: {
					authorization: await key.authorization(url, now),
					"content-encoding": "aes128gcm",
					"content-type": "application/octet-stream",
					ttl: String(LIFE_SECONDS),
					urgency: "high",
					// The call takes the place of "you are next", where that has not been delivered yet.
					topic: "ticket",
				},
				redirect: "error",
				signal: AbortSignal.any([closing, AbortSignal.timeout(TIMEOUT_MS)]),
			});
			if (status >= 200 && status < 300) return "sent";
			log.warn({ host: url.hostname, status }, "web-push.refused");
			if (status === 404 || status === 410) return "gone";
			return status === 429 || status >= 500 ? "failed" : "refused";
		} catch (err) {
			if (!closing.aborted) log.warn({ host: url.hostname, err }, "web-push.failed");
			return "failed";
		}
	};
}
