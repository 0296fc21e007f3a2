//! Results as Markdown tables.

use crate::functions::{Observed, Timed};
use crate::harness::calls::in_words;
use crate::results::document::Recorded;
use std::fmt::Write as _;

/// All results of the benchmark of the functions.
pub fn functions(recorded: &Recorded) -> String {
    let machine = &recorded.machine;
    let mut text = format!(
        "Measured on {}, {} cores, {}, {}; load {} when it began. Medians of {} starts, and of {} calls of each \
         start after its first. Times in milliseconds.\n\n",
        machine.cpu,
        machine.cores,
        machine.system,
        machine.compiler,
        machine.load,
        recorded.starts,
        recorded.calls
    );
    text += &starts(&recorded.timed);
    if !recorded.over_tls.is_empty() {
        text += "\nWith AWS behind TLS:\n\n";
        text += &starts(&recorded.over_tls);
    }
    text += "\n";
    text += &sizes(&recorded.timed);
    text += "\nCalls to AWS: `→` is one after the other, `∥` side by side.\n\n";
    text + &calls(&recorded.observed)
}

fn starts(timed: &[Timed]) -> String {
    let mut text =
        "| program | start | of it waiting | the rest, to bare | CPU of the start | first call | warm call \
                    | of it waiting | CPU of a warm call | peak memory, MiB |\n"
            .to_owned();
    text += "|---|---|---|---|---|---|---|---|---|---|\n";
    let bare = timed.first().map_or(f64::NAN, |bare| bare.start);
    for Timed {
        what, start, start_waited, start_cpu, first, warm, warm_waited, warm_cpu, peak_memory, ..
    } in timed
    {
        let ratio = (start - start_waited) / bare;
        let mebibytes = peak_memory / 1_048_576.0;
        let about_start = format!("{start:.1} | {start_waited:.1} | {ratio:.2} × | {start_cpu:.1}");
        let about_calls = format!("{first:.2} | {warm:.2} | {warm_waited:.2} | {warm_cpu:.3}");
        line(&mut text, format_args!("| {what} | {about_start} | {about_calls} | {mebibytes:.1} |"));
    }
    text
}

fn sizes(timed: &[Timed]) -> String {
    let mut text = "| program | bytes | zip |\n|---|---|---|\n".to_owned();
    for Timed { what, program_bytes, zip_bytes, .. } in timed {
        line(&mut text, format_args!("| {what} | {} | {} |", grouped(*program_bytes), grouped(*zip_bytes)));
    }
    text
}

/// The calls to AWS of each case.
pub fn calls(observed: &[Observed]) -> String {
    let mut text =
        "| asked for | at the start | first call | warm call | units of a warm call |\n".to_owned();
    text += "|---|---|---|---|---|\n";
    for Observed { what, start, first, warm, warm_capacity, .. } in observed {
        let first = if first == warm { "the same".to_owned() } else { in_words(first) };
        let (start, warm) = (in_words(start), in_words(warm));
        let units = format!("{} write, {} read", warm_capacity.write, warm_capacity.read);
        line(&mut text, format_args!("| {what} | {start} | {first} | {warm} | {units} |"));
    }
    text
}

/// Appends a line to a table.
pub(crate) fn line(text: &mut String, line: std::fmt::Arguments<'_>) {
    writeln!(text, "{line}").expect("a text takes every line");
}

/// Writes a number like 1,234,567.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_their_commas() {
        for (number, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (12_345_678, "12,345,678")] {
            assert_eq!(grouped(number), text);
        }
    }
}
