import type { StationSetup } from "../../../protocol/api/setup.ts";
import type { StaffLanguage } from "../../i18n/staff-languages.ts";
import type { FirstStart } from "../effects/first-start-effects.ts";
import type { Translate } from "../messages/messages.ts";

/** What every step gets. */
export interface StepProps {
	t: Translate;
	language: StaffLanguage;
	setup: StationSetup;
	firstStart: FirstStart;
	goOn(): void;
	goBack(): void;
}
