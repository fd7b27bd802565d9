import type { StationSetup } from "../../../protocol/api/setup.ts";
import type { StaffLanguage } from "../../i18n/staff-languages.ts";
import { StepFrame } from "../components/step-frame.tsx";
import styles from "../first-start.module.css";
import type { Translate } from "../messages/messages.ts";

interface DoneScreenProps {
	setup: StationSetup;
	supervisor: string | null;
	t: Translate;
	language: StaffLanguage;
	openKiosk(): void;
}

/** What is set, and what is left. */
export function DoneScreen({ setup, supervisor, t, language, openKiosk }: DoneScreenProps) {
	const { site, printer, server, network } = setup;
	const rows = [
		{ name: t("step.site"), value: language === "en" ? site.name : site.nameChinese, later: null },
		{ name: t("step.printer"), value: printer.place, later: t("done.printerLater") },
		{ name: t("step.supervisor"), value: supervisor, later: null },
		{ name: t("step.server"), value: server, later: t("done.serverLater") },
		{ name: t("step.devices"), value: network.addresses[0] ?? null, later: t("done.devicesLater") },
		{ name: t("done.backup"), value: null, later: t("done.backupLater") },
	];
	return (
		<StepFrame
			t={t}
			heading={t("done.heading")}
			hint={t("done.hint")}
			actions={
				<button type="button" className={styles.primary} onClick={openKiosk}>
					{t("done.open")}
				</button>
			}
		>
			<dl className={styles.summary}>
				{rows.map(({ name, value, later }) => (
					<div key={name} data-done={value !== null || undefined}>
						<dt>{name}</dt>
						<dd>{value ?? later}</dd>
					</div>
				))}
			</dl>
		</StepFrame>
	);
}
