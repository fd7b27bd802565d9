/** The topics that visitors of the busy morning come for; the more often, the longer the wait. */
const TOPICS = ["permanent-residence-card", "work-permit", "work-permit", "healthcare-insurance", "language-learning"];
const LANGUAGES = ["zh-Hans", "en", "ar", "de", "th", "ja", "ru", "fr", "ko", "es", "it", "pt"];
const TICKETS = 17;
/** Counters with a ticket in front of them. The developer signs in at another. */
const STAFFED_COUNTERS = 3;

/**
 * Seventeen visitors wait and three are called. Tickets have fixed request keys for a day, so a restart the same
 * day adds none; calls are made only on the first start of a day.
 */
export async function seedBusyMorning(
	origin: string,
	kioskHash: string,
	staff: { name: string; pin: string },
): Promise<void> {
	const kioskKey = new URLSearchParams(kioskHash.slice(1)).get("key") ?? "";
	const send = async (method: string, path: string, token: string, body: unknown) => {
		const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
		const response = await fetch(`${origin}/api${path}`, { method, headers, body: JSON.stringify(body) });
		const text = await response.text();
		if (!response.ok) throw new Error(`The busy morning could not be made: ${path} said ${text}`);
		return JSON.parse(text || "{}") as { token?: string; tickets?: unknown[] };
	};
	const health = await fetch(`${origin}/api/board`).then(
		(response) => response.json() as Promise<{ calls?: unknown[] }>,
	);
	const day = new Date().toISOString().slice(0, 10);
	for (let index = 0; index < TICKETS; index += 1) {
		const language = LANGUAGES[index % LANGUAGES.length];
		await send("POST", "/tickets", kioskKey, {
			topic: TOPICS[index % TOPICS.length],
			language,
			key: `dev-${day}-${index}`,
		});
	}
	if ((health.calls ?? []).length > 0) return;
	for (let counter = 1; counter <= STAFFED_COUNTERS; counter += 1) {
		const session = await send("POST", "/session", "", {
			staff: staff.name,
			pin: staff.pin,
			counter: String(counter),
			takeOver: true,
		});
		await send("POST", `/counters/${counter}/next`, session.token ?? "", {});
	}
}
