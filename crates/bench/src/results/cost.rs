//! The cost of a million secrets, from the observed calls of the functions.
//!
//! Each secret is created, its creator looks at the receipt, and it is revealed. These
//! are three calls without an account, in a stack with default parameters, without mail
//! or passphrase.

use crate::functions::cases::{CREATE, LOOK, TAKE};
use crate::functions::{Observed, Timed};
use crate::results::document::Recorded;
use crate::results::report;
use readonce_embedded::template;

/// List prices, in dollars.
#[derive(Clone, Copy, Debug)]
pub struct Prices {
    /// Region and date of the prices.
    pub of: &'static str,
    /// Price of a million calls of the HTTP API.
    pub gateway: f64,
    /// Price of a million calls of Lambda.
    pub lambda_calls: f64,
    /// Price of a gigabyte-second of Lambda on arm64.
    pub lambda_gigabyte_second: f64,
    /// Price of a million write request units of DynamoDB on demand.
    pub writes: f64,
    /// Price of a million read request units of DynamoDB on demand.
    pub reads: f64,
    /// Price of 10,000 calls of KMS.
    pub kms: f64,
    /// Price of ingesting a gigabyte of logs.
    pub logs: f64,
}

/// Prices of a region whose prices most others share.
pub const PRICES: Prices = Prices {
    of: "us-east-1, November 2026",
    gateway: 1.00,
    lambda_calls: 0.20,
    lambda_gigabyte_second: 0.000_013_333_4,
    writes: 0.625,
    reads: 0.125,
    kms: 0.03,
    logs: 0.50,
};

/// Quantities that cannot be measured here.
#[derive(Clone, Copy, Debug)]
pub struct Assumptions {
    /// Time that DynamoDB or KMS takes to answer, in milliseconds.
    pub wait: f64,
    /// Calls that one execution environment answers within the five minutes of one data
    /// key.
    pub calls_of_a_start: f64,
}

/// Moderate assumptions.
pub const ASSUMPTIONS: Assumptions = Assumptions { wait: 3.0, calls_of_a_start: 100.0 };

/// A line of the bill for a million secrets.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The billed item.
    pub what: &'static str,
    /// The quantity, in words.
    pub how_much: String,
    /// Its cost in dollars.
    pub dollars: f64,
}

/// The lines of the bill for a million secrets.
#[derive(Clone, Debug, PartialEq)]
pub struct Bill(pub Vec<Line>);

impl Bill {
    /// Sum of all lines, in dollars.
    pub fn total(&self) -> f64 {
        self.0.iter().map(|line| line.dollars).sum()
    }

    /// The bill as a Markdown table.
    pub fn in_words(&self) -> String {
        let mut text = "| what | how much | dollars |\n|---|---|---|\n".to_owned();
        for line in &self.0 {
            report::line(
                &mut text,
                format_args!("| {} | {} | {:.2} |", line.what, line.how_much, line.dollars),
            );
        }
        report::line(&mut text, format_args!("| | | **{:.2}** |", self.total()));
        text
    }
}

/// The resources that one of the three calls uses.
struct Visit<'a> {
    observed: &'a Observed,
    timed: &'a Timed,
}

impl Visit<'_> {
    /// Milliseconds that Lambda bills for a call, with its share of a start.
    fn milliseconds(&self, assumptions: Assumptions) -> f64 {
        let waits = |steps: usize| assumptions.wait * f64::from(u32::try_from(steps).unwrap_or(u32::MAX));
        let Timed { warm, warm_waited, start, start_waited, .. } = self.timed;
        // Each call is rounded up.
        let call = (warm - warm_waited + waits(self.observed.warm.len())).ceil();
        let start = (start - start_waited + waits(self.observed.start.len())).ceil();
        call + start / assumptions.calls_of_a_start
    }

    /// Calls of KMS for a call's share of a start.
    fn kms(&self, assumptions: Assumptions) -> f64 {
        let calls = self.observed.start.iter().chain(&self.observed.first).flatten();
        let calls = calls.filter(|call| ["GenerateDataKey", "Decrypt"].contains(&call.as_str())).count();
        f64::from(u32::try_from(calls).unwrap_or(u32::MAX)) / assumptions.calls_of_a_start
    }
}

/// Computes the bill for a million secrets.
///
/// # Errors
/// A required measurement is missing.
pub fn bill(recorded: &Recorded, prices: Prices, assumptions: Assumptions) -> crate::Result<Bill> {
    let visit = |observed, timed| -> crate::Result<Visit<'_>> {
        Ok(Visit { observed: recorded.observed(observed)?, timed: recorded.timed(timed)? })
    };
    let visits = [visit(CREATE, "share")?, visit(LOOK, "receipt")?, visit(TAKE, "reveal")?];
    let sum = |value: &dyn Fn(&Visit<'_>) -> f64| visits.iter().map(value).sum::<f64>();
    let calls = sum(&|_| 1.0);
    let milliseconds = sum(&|visit| visit.milliseconds(assumptions));
    let gigabytes = memory_gigabytes()?;
    let writes = sum(&|visit| visit.observed.warm_capacity.write);
    let reads = sum(&|visit| visit.observed.warm_capacity.read);
    let start_writes = sum(&|visit| visit.observed.start_capacity.write) / assumptions.calls_of_a_start;
    let start_reads = sum(&|visit| visit.observed.start_capacity.read) / assumptions.calls_of_a_start;
    let kms = sum(&|visit| visit.kms(assumptions));
    let log_bytes = sum(&|visit| f64::from(u32::try_from(visit.observed.log_bytes).unwrap_or(u32::MAX)))
        + calls * access_log_bytes()?;
    Ok(Bill(vec![
        Line {
            what: "HTTP API",
            how_much: format!("{calls} million calls at {:.2} a million", prices.gateway),
            dollars: calls * prices.gateway,
        },
        Line {
            what: "Lambda, calls",
            how_much: format!("{calls} million at {:.2} a million", prices.lambda_calls),
            dollars: calls * prices.lambda_calls,
        },
        Line {
            what: "Lambda, time",
            how_much: format!(
                "{milliseconds:.1} ms in all × {gigabytes:.3} GB at {:.10} a GB-second",
                prices.lambda_gigabyte_second
            ),
            dollars: milliseconds * 1_000.0 * gigabytes * prices.lambda_gigabyte_second,
        },
        Line {
            what: "DynamoDB",
            how_much: format!(
                "{writes} writes and {reads} reads, at {} and {} a million; and {start_writes:.3} and \
                 {start_reads:.3} for starts",
                prices.writes, prices.reads
            ),
            dollars: (writes + start_writes) * prices.writes + (reads + start_reads) * prices.reads,
        },
        Line {
            what: "KMS",
            how_much: format!("{kms:.2} calls at {:.2} per 10,000", prices.kms),
            dollars: kms * 100.0 * prices.kms,
        },
        Line {
            what: "logs",
            how_much: format!("{log_bytes:.0} bytes at {:.2} a GB", prices.logs),
            dollars: log_bytes / 1_000.0 * prices.logs,
        },
    ]))
}

/// Cost of one second of Lambda per call, for a million secrets; a millisecond costs a
/// thousandth of it.
///
/// # Errors
/// The template does not define the memory of functions.
pub fn dollars_of_a_second(prices: Prices) -> crate::Result<f64> {
    Ok(memory_gigabytes()? * prices.lambda_gigabyte_second * 1_000_000.0)
}

fn memory_gigabytes() -> crate::Result<f64> {
    let megabytes = template::parsed()["Globals"]["Function"]["MemorySize"].as_f64();
    Ok(megabytes.ok_or("the template does not say how much memory functions have")? / 1_024.0)
}

/// Size of the gateway's access log line for a call, by the format in the template.
fn access_log_bytes() -> crate::Result<f64> {
    let template = template::parsed();
    let format = template["Resources"]["Api"]["Properties"]["AccessLogSettings"]["Format"].as_str();
    let mut line = format.ok_or("the template has no format of access logs")?.to_owned();
    for (variable, example) in [
        ("requestId", "JKJaXmPLvHcESHA="),
        ("requestTimeEpoch", "1795418316000"),
        ("routeKey", "POST /api/v1/secret/{key}"),
        ("status", "200"),
        ("responseLatency", "12"),
        ("integrationStatus", "200"),
        ("error.message", "-"),
        ("integrationErrorMessage", "-"),
    ] {
        line = line.replace(&format!("\"$context.{variable}\""), &format!("\"{example}\""));
    }
    if line.contains("$context") {
        return Err(format!("the access log has a variable that is not known here: {line}").into());
    }
    Ok(f64::from(u32::try_from(line.len())?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::harness::calls::{Capacity, Steps};
    use crate::harness::machine::Machine;

    /// Three calls with round numbers.
    fn recorded() -> Recorded {
        let steps = |calls: &[&[&str]]| -> Steps {
            calls.iter().map(|step| step.iter().map(|call| (*call).to_owned()).collect()).collect()
        };
        let observed =
            |what: &str, start: &[&[&str]], first: &[&[&str]], warm: usize, write, read| Observed {
                what: what.to_owned(),
                start: steps(start),
                first: steps(first),
                warm: vec![vec!["GetItem secret".to_owned()]; warm],
                start_capacity: Capacity { write: 1.0, read: 0.5 },
                warm_capacity: Capacity { write, read },
                item_bytes: 0,
                log_bytes: 100,
            };
        let timed = |what: &str| Timed {
            what: what.to_owned(),
            start: 20.0,
            start_waited: 5.0,
            warm: 1.5,
            warm_waited: 0.75,
            start_cpu: 0.0,
            first: 0.0,
            first_waited: 0.0,
            warm_cpu: 0.0,
            peak_memory: 0.0,
            program_bytes: 0,
            zip_bytes: 0,
        };
        let text = String::new;
        Recorded {
            machine: Machine { cpu: text(), cores: 1, system: text(), compiler: text(), load: text() },
            starts: 1,
            calls: 1,
            timed: ["share", "receipt", "reveal"].map(timed).into(),
            over_tls: Vec::new(),
            observed: vec![
                observed(
                    CREATE,
                    &[&["GenerateDataKey", "GetItem warm-up"]],
                    &[&["PutItem secret"]],
                    2,
                    3.0,
                    0.0,
                ),
                observed(LOOK, &[&["GetItem warm-up"]], &[], 2, 1.0, 2.0),
                observed(TAKE, &[], &[&["GetItem secret"], &["Decrypt"]], 2, 2.0, 1.0),
            ],
        }
    }

    #[test]
    fn a_bill_adds_up() {
        let bill = bill(&recorded(), PRICES, Assumptions { wait: 3.0, calls_of_a_start: 100.0 }).unwrap();
        let dollars = |what: &str| bill.0.iter().find(|line| line.what == what).unwrap().dollars;
        let near = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-9, "{found} {expected}");
        near(dollars("HTTP API"), 3.0);
        near(dollars("Lambda, calls"), 0.6);
        // Each call takes 0.75 and two waits of 3, rounded up to 7. Starts take 15 and no
        // to one wait, rounded up to 18, 18 and 15, shared by a hundred calls each.
        let milliseconds = 3.0 * 7.0 + 0.18 + 0.18 + 0.15;
        near(dollars("Lambda, time"), milliseconds * (1_769.0 / 1_024.0) * 0.013_333_4);
        near(dollars("DynamoDB"), 6.03 * 0.625 + 3.015 * 0.125);
        near(dollars("KMS"), 0.02 * 100.0 * 0.03);
        let logs = (300.0 + 3.0 * access_log_bytes().unwrap()) / 1_000.0 * 0.5;
        near(dollars("logs"), logs);
        near(bill.total(), bill.0.iter().map(|line| line.dollars).sum());
    }

    #[test]
    fn what_was_not_measured_is_not_billed() {
        let mut recorded = recorded();
        recorded.observed.remove(1);
        let error = bill(&recorded, PRICES, ASSUMPTIONS).unwrap_err().to_string();
        assert!(error.contains(LOOK), "{error}");
    }

    #[test]
    fn an_access_log_line_has_no_variable_left() {
        assert!((150.0..300.0).contains(&access_log_bytes().unwrap()));
    }
}
