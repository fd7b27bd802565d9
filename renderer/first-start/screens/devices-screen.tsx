import { StepFrame } from "../components/step-frame.tsx";
import styles from "../first-start.module.css";
import type { StepProps } from "./step-props.ts";

interface DevicesScreenProps extends StepProps {
	hasSecondDisplay: boolean;
	isShell: boolean;
}

/** The board on a second display, and how desks on other machines come in: nothing has to be done here. */
export function DevicesScreen({ t, setup, goOn, goBack, hasSecondDisplay, isShell }: DevicesScreenProps) {
	const { addresses, certificate, transport } = setup.network;
	const address = addresses[0];
	return (
		<StepFrame
			t={t}
			heading={t("devices.heading")}
			hint={t("devices.hint")}
			onBack={goBack}
			actions={
				<button type="button" className={styles.primary} onClick={goOn}>
					{t("next")}
				</button>
			}
		>
			<section className={styles.card}>
				<h2>{t("devices.board")}</h2>
				<p>{t(isShell ? (hasSecondDisplay ? "devices.boardShown" : "devices.boardPlug") : "devices.boardBrowser")}</p>
			</section>
			<section className={styles.card}>
				<h2>{t("devices.desks")}</h2>
				{transport === "none" || address === undefined ? (
					<p>{t("devices.closed")}</p>
				) : (
					<>
						<p>{t("devices.open")}</p>
						<p className={styles.address}>{`${address}/setup`}</p>
						{certificate && (
							<>
								<p>{t("devices.fingerprint")}</p>
								<p className={styles.fingerprint}>{certificate.fingerprint}</p>
							</>
						)}
					</>
				)}
			</section>
		</StepFrame>
	);
}
