import type { Logger } from "pino";
import type { Language } from "../../protocol/model/language.ts";

/** Languages whose messages a kiosk could not read, so that it shows English. Each is logged once until a restart. */
export interface DamagedMessages {
	report(language: Language): void;
	list(): Language[];
}

export function openDamagedMessages(log: Pick<Logger, "warn">): DamagedMessages {
	const reported = new Set<Language>();
	return {
		report(language) {
			if (reported.has(language)) return;
			reported.add(language);
			log.warn({ language }, "kiosk.messages.damaged");
		},
		list: () => [...reported],
	};
}
