import english from "../../../resources/languages/statistics/en.json" with { type: "json" };
import chinese from "../../../resources/languages/statistics/zh-Hans.json" with { type: "json" };
import { createMessages, type Translate } from "../../i18n/messages.ts";
import type { StaffLanguage } from "../../i18n/staff-languages.ts";

export type StatisticsTranslate = Translate<typeof english>;

const files = createMessages(english, chinese);

/** The texts of statistics, which the desk's supervisors and IT's page share. */
export const statisticsTexts = (language: StaffLanguage): StatisticsTranslate => files.t(language);
