import { formatDateTime } from "../../i18n/format-time.ts";
import type { StaffLanguage } from "../../i18n/staff-languages.ts";
import type { Setup } from "../effects/setup-effects.ts";
import type { Translate } from "../messages/messages.ts";
import styles from "../setup.module.css";
import type { SetupState } from "../state/state.ts";
import { EnrolmentForm } from "./enrolment-form.tsx";

interface ServerCardProps {
	state: Extract<SetupState, { at: "managing" }>;
	setup: Setup;
	t: Translate;
	language: StaffLanguage;
}

/** The connection to the central server, and the form that enrols the station there. */
export function ServerCard({ state, setup, t, language }: ServerCardProps) {
	const { enrolment, enrolling } = state;
	if (enrolment === null) return null;
	const form = <EnrolmentForm enrolling={enrolling} server={enrolment.preparedServer ?? ""} setup={setup} t={t} />;
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
						<span role="status">{connectionStatus(enrolment, t, language)}</span>
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

function connectionStatus(
	{ reachable, refused, lastSeenAt, unsent }: NonNullable<ServerCardProps["state"]["enrolment"]>,
	t: Translate,
	language: StaffLanguage,
): string {
	if (refused !== null) return t("serverRefused", { code: refused });
	if (reachable === null) return t("serverTrying");
	if (!reachable) return t("serverUnreachable", { unsent: String(unsent) });
	return lastSeenAt === null ? t("serverTrying") : t("serverConnected", { time: formatDateTime(lastSeenAt, language) });
}
