import type { TicketContent } from "../../../../../../station/printing/render/ticket-content.ts";
import { paperIn } from "../../../../../fixtures/sample-papers.ts";

const BRING_CHINESE = [
	"护照",
	"有效居留证件",
	"证件照2张",
	"健康证明",
	"经认证的无犯罪记录证明",
	"完税证明",
	"收入证明",
	"单位出具的公函",
];

/** The catalogue's longest names of topics and sites, and its longest list, as they were on 2026-11-23: pictures that are compared must not change with it. */
const MESSAGES = {
	"zh-Hans": {
		site: "融入服务中心 12（示例）",
		topic: "永久居留身份证换发、补发",
		topicChinese: "永久居留身份证换发、补发",
		bring: BRING_CHINESE,
	},
	en: {
		site: "Integration Service Station 12 (example)",
		topic: "Talent residence permit (B)",
		topicChinese: "海外人才居住证（B证）",
		bring: [
			"Passport",
			"Valid residence permits",
			"2 passport photos",
			"Health certificate",
			"No-criminal-record certificate, authenticated",
			"Proof of tax paid",
			"Proof of income",
			"Letter from your employer",
		],
	},
	ar: {
		site: "مركز خدمات الاندماج 12 (مثال)",
		topic: "الاستشارة والمساعدة القانونية",
		topicChinese: "法律咨询与援助",
		bring: [
			"جواز السفر",
			"تصاريح الإقامة السارية",
			"صورتان شخصيتان",
			"شهادة صحية",
			"شهادة خلو من السوابق الجنائية، مصدقة",
			"إثبات دفع الضرائب",
			"إثبات الدخل",
			"خطاب من صاحب العمل",
		],
	},
} as const;

export type LongLanguage = keyof typeof MESSAGES;
export const LONG_LANGUAGES: readonly LongLanguage[] = ["zh-Hans", "en", "ar"];

/** A party's second paper with eight things to bring. */
export function longPaperIn(language: LongLanguage, change: Partial<TicketContent>): TicketContent {
	const { site, topic, topicChinese, bring } = MESSAGES[language];
	return paperIn(language, {
		site: { name: site, nameChinese: MESSAGES["zh-Hans"].site },
		topic: { name: topic, nameChinese: topicChinese },
		bring,
		bringChinese: BRING_CHINESE,
		partySize: 4,
		ahead: 23,
		wait: { minMinutes: 120, maxMinutes: 180 },
		reprint: true,
		...change,
	});
}
