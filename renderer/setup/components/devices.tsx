import { type FormEvent, useState } from "react";
import type { DeviceKind } from "../../../protocol/model/device.ts";
import { DEVICE_KINDS } from "../../i18n/device-kinds.ts";
import { formatDateTime, formatTime } from "../../i18n/format-time.ts";
import type { StaffLanguage } from "../../i18n/staff-languages.ts";
import type { Store } from "../../ui/store.ts";
import type { Setup } from "../effects/setup-effects.ts";
import type { Translate } from "../messages/messages.ts";
import styles from "../setup.module.css";
import { groupCode, type SetupEvent, type SetupState } from "../state/state.ts";

interface DevicesProps {
	state: Extract<SetupState, { at: "managing" }>;
	store: Store<SetupState, SetupEvent>;
	setup: Setup;
	t: Translate;
	language: StaffLanguage;
}

/** A supervisor adds, sees and removes devices. */
export function Devices({ state, store, setup, t, language }: DevicesProps) {
	const { devices, removing, failed, newCode } = state;
	return (
		<div className={styles.column}>
			<section className={styles.card}>
				<h2>{t("makeHeading")}</h2>
				{newCode === null ? (
					<MakeCode setup={setup} t={t} />
				) : (
					<div role="status" className={styles.newCode}>
						<p className={styles.hint}>{t("pairedAs", { kind: t(`kind.${newCode.kind}`), name: newCode.name })}</p>
						<p className={styles.newCodeDigits} dir="ltr">
							{groupCode(newCode.code)}
						</p>
						<p className={styles.hint}>{t("madeHint", { time: formatTime(newCode.expiresAt, language) })}</p>
					</div>
				)}
				<p role="alert" className={styles.refusal}>
					{failed && t("failed")}
				</p>
			</section>
			<section className={styles.card}>
				<h2>{t("devicesHeading")}</h2>
				{devices.length === 0 && <p className={styles.hint}>{t("devicesNone")}</p>}
				<ul className={styles.devices}>
					{devices.map(({ id, kind, name, seenAt }) => (
						<li key={id}>
							<p>
								<strong>{name}</strong>
								<span className={styles.hint}>
									{t(`kind.${kind}`)} · {t("seen")} {formatDateTime(seenAt, language)}
								</span>
							</p>
							{removing === id ? (
								<div className={styles.confirm}>
									<p>{t("removeConfirm", { name })}</p>
									<button
										type="button"
										className={styles.quiet}
										onClick={() => store.dispatch({ type: "removal-asked", id: null })}
									>
										{t("removeCancel")}
									</button>
									<button type="button" className={styles.danger} onClick={() => void setup.remove(id)}>
										{t("remove")}
									</button>
								</div>
							) : (
								<button
									type="button"
									className={styles.quiet}
									aria-label={t("labelled", { label: t("remove"), value: name })}
									onClick={() => store.dispatch({ type: "removal-asked", id })}
								>
									{t("remove")}
								</button>
							)}
						</li>
					))}
				</ul>
			</section>
		</div>
	);
}

function MakeCode({ setup, t }: Pick<DevicesProps, "setup" | "t">) {
	const [kind, setKind] = useState<DeviceKind>("desk");
	const [name, setName] = useState("");
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (name.trim() !== "") void setup.makeCode({ kind, name: name.trim() });
	};
	return (
		<form className={styles.make} onSubmit={submit}>
			<fieldset className={styles.kinds}>
				<legend>{t("makeKind")}</legend>
				{DEVICE_KINDS.map((one) => (
					<label key={one}>
						<input type="radio" name="kind" value={one} checked={one === kind} onChange={() => setKind(one)} />
						<span>{t(`kind.${one}`)}</span>
					</label>
				))}
			</fieldset>
			<label className={styles.field}>
				<span className={styles.label}>{t("makeName")}</span>
				<input
					className={styles.text}
					value={name}
					maxLength={40}
					autoComplete="off"
					placeholder={t("makeNameHint")}
					required
					onChange={(event) => setName(event.currentTarget.value)}
				/>
			</label>
			<button type="submit" className={styles.primary}>
				{t("make")}
			</button>
		</form>
	);
}
