import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../../lib/make-folder.ts";

/** What the browser has no flag for. On a machine with the managed policies these say it once more. */
const PREFERENCES = {
	translate: { enabled: false },
	credentials_enable_service: false,
	autofill: { enabled: false, profile_enabled: false, credit_card_enabled: false },
	browser: { enable_spellchecking: false },
	search: { suggest_enabled: false },
	// A browser that was killed offers no pages of before.
	session: { restore_on_startup: 5 },
	profile: { exit_type: "Normal", password_manager_enabled: false, name: "Paihao" },
	safebrowsing: { enabled: false },
};

/** Makes the browser's folder ready for a start. Cookies stay: they hold a paired kiosk's credential. */
export function prepareProfile(profile: string): void {
	const folder = join(profile, "Default");
	makeFolder(folder);
	writeFileSync(join(folder, "Preferences"), JSON.stringify(PREFERENCES));
}
