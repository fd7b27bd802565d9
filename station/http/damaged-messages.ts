import type { Logger } from "pino";
import type { Language } from "../../protocol/model/language.ts";

/** Languages whose words a kiosk could not read, so that English stood in. Each is logged once; a restart asks anew. */
export interface DamagedMessages {
	report(language: Language): void;
	list(): Language[];
}

export function openDamagedMessages(log: Pick<Logger, "warn">): DamagedMessages {
	const told = new Set<Language>();
	return {
		report(language) {
			if (told.has(language)) return;
			told.add(language);
			log.warn({ language }, "the kiosk's words in this language are damaged; English stands in");
		},
		list: () => [...told],
	};
}
