import { formattingLocale } from "../../i18n/languages.ts";
import type { Setup } from "../effects/setup-effects.ts";
import type { SetupLanguage, Translate } from "../messages/messages.ts";
import styles from "../setup.module.css";
import type { SetupState } from "../state/state.ts";
import { EnrolForm } from "./enrolment-form.tsx";

interface ServerCardProps {
	state: Extract<SetupState, { at: "managing" }>;
	pair: Setup;
	t: Translate;
	language: SetupLanguage;
}

/** How the station stands to the central server, and the form that enrols it there. */
export function ServerCard({ state, pair, t, language }: ServerCardProps) {
	const { enrolment, enrolling } = state;
	if (enrolment === null) return null;
	const form = <EnrolForm enrolling={enrolling} pair={pair} t={t} />;
	return (
		<section className={styles.card}>
			<h2>{t("serverHeading")}</h2>
			{enrolment.server === null ? (
				<>
					<p className={styles.hint}>{t("serverNone")}</p>
					{form}
				</>
			) : (
				<>
					<p className={styles.addresses} dir="ltr">
						{enrolment.server}
					</p>
					<p className={enrolment.reachable === true && enrolment.refused === null ? styles.hint : styles.warning}>
						<span role="status">{severity(enrolment, t, language)}</span>
					</p>
					<details className={styles.again}>
						<summary>{t("enrolAgain")}</summary>
						<p className={styles.hint}>{t("enrolAgainHint")}</p>
						{form}
					</details>
				</>
			)}
		</section>
	);
}

function severity(
	{ reachable, refused, lastSeenAt, unsent }: NonNullable<ServerCardProps["state"]["enrolment"]>,
	t: Translate,
	language: SetupLanguage,
): string {
	if (refused !== null) return t("serverRefused", { code: refused });
	if (reachable === null) return t("serverTrying");
	if (!reachable) return t("serverAway", { unsent: String(unsent) });
	return lastSeenAt === null ? t("serverTrying") : t("serverHeard", { time: moment(lastSeenAt, language) });
}

function moment(instant: number, language: SetupLanguage): string {
	const parts = { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
	return new Intl.DateTimeFormat(formattingLocale(language), parts).format(instant);
}
