import { useEffect, useState } from "react";
import { formatTime } from "../../i18n/format-time.ts";
import { StepFrame } from "../components/step-frame.tsx";
import styles from "../first-start.module.css";
import type { StepProps } from "./step-props.ts";

const REFRESH_MS = 2_000;

/** The station's time in the site's own zone, and how to set it where it is wrong. */
export function ClockScreen({ t, language, setup, firstStart, goOn, goBack }: StepProps) {
	const [isWrong, setIsWrong] = useState(false);
	const { at, timezone, isDoubted } = setup.clock;
	useEffect(() => {
		void firstStart.refresh();
		const timer = setInterval(() => void firstStart.refresh(), REFRESH_MS);
		return () => clearInterval(timer);
	}, [firstStart]);
	const locale = language === "en" ? "en-GB" : language;
	const day = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeZone: timezone }).format(at);
	const zone = new Intl.DateTimeFormat(locale, { timeZone: timezone, timeZoneName: "long" })
		.formatToParts(at)
		.find(({ type }) => type === "timeZoneName")?.value;
	return (
		<StepFrame
			t={t}
			heading={t("clock.heading")}
			hint={t("clock.hint")}
			onBack={goBack}
			actions={
				<>
					{!isWrong && (
						<button type="button" className={styles.secondary} onClick={() => setIsWrong(true)}>
							{t("clock.no")}
						</button>
					)}
					<button type="button" className={styles.primary} onClick={goOn}>
						{t("clock.yes")}
					</button>
				</>
			}
		>
			<p className={styles.clock}>
				<time>{formatTime(at, language, timezone)}</time>
				<span>{day}</span>
				<span className={styles.hint}>{zone}</span>
			</p>
			{isDoubted && <p className={styles.warning}>{t("clock.doubted")}</p>}
			{isWrong && (
				<ol className={styles.help}>
					<li>{t("clock.network")}</li>
					<li>{t("clock.linux")}</li>
					<li>{t("clock.windows")}</li>
					<li>{t("clock.zone")}</li>
				</ol>
			)}
		</StepFrame>
	);
}
