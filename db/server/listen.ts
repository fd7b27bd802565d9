import { Client } from "pg";
import { SECOND_MS } from "../../lib/time/durations.ts";

const RECONNECT_AFTER_MS = 5 * SECOND_MS;

/**
 * Listens to PostgreSQL's notifications on a connection of its own, and connects again whenever it breaks. Returns the
 * function that stops it.
 */
export function listenTo(url: string, channel: string, onNotification: (payload: string) => void): () => Promise<void> {
	let isClosed = false;
	let client: Client | undefined;
	let timer: NodeJS.Timeout | undefined;
	const connect = async () => {
		const opened = new Client({ connectionString: url, application_name: "paihao hints" });
		client = opened;
		const reconnectLater = () => {
			if (client !== opened || isClosed) return;
			client = undefined;
			timer = setTimeout(connect, RECONNECT_AFTER_MS);
		};
		opened.on("error", reconnectLater);
		opened.on("end", reconnectLater);
		opened.on("notification", ({ payload }) => onNotification(payload ?? ""));
		try {
			await opened.connect();
			await opened.query(`listen ${opened.escapeIdentifier(channel)}`);
		} catch {
			reconnectLater();
		}
	};
	void connect();
	return async () => {
		isClosed = true;
		clearTimeout(timer);
		await client?.end().catch(() => {});
	};
}
