import { useEffect, useMemo, useState } from "react";
import { formattingLocale } from "../../../protocol/model/language.ts";
import mark from "../../ui/icon.svg?url";
import { useKiosk, useMessages } from "./context.ts";
import styles from "./header.module.css";

export function Header() {
	const state = useKiosk("state");
	const topics = useKiosk("topics");
	const { language, t } = useMessages();
	const inChinese = state.at === "languages" || state.at === "opening";
	const site = inChinese ? topics["zh-Hans"]?.site : (topics[language] ?? topics["zh-Hans"])?.site;
	return (
		<header className={styles.header}>
			<img className={styles.mark} src={mark} alt="" />
			{site && <Name site={site} inChinese={inChinese} />}
			{site?.example && <span className={styles.example}>{t("example")}</span>}
			<Clock locale={formattingLocale(inChinese ? "zh-Hans" : language)} timezone={site?.timezone} />
		</header>
	);
}

function Name({ site, inChinese }: { site: { shortName: string; shortNameChinese: string }; inChinese: boolean }) {
	return inChinese ? (
		<p className={styles.name} lang="zh-Hans">
			{site.shortNameChinese}
		</p>
	) : (
		<p className={styles.name}>{site.shortName}</p>
	);
}

const MINUTE = 60_000;

function Clock({ locale, timezone }: { locale: string; timezone: string | undefined }) {
	const [now, setNow] = useState(Date.now);
	useEffect(() => {
		const timer = setTimeout(() => setNow(Date.now()), MINUTE - (Date.now() % MINUTE) + 20);
		return () => clearTimeout(timer);
	});
	const format = useMemo(
		() =>
			new Intl.DateTimeFormat(locale, {
				hour: "2-digit",
				minute: "2-digit",
				hourCycle: "h23",
				timeZone: timezone,
			}),
		[locale, timezone],
	);
	return (
		<time className={styles.clock} dateTime={new Date(now).toISOString()}>
			{format.format(now)}
		</time>
	);
}
