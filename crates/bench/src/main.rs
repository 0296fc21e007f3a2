//! `readonce-bench`.

mod options;

use clap::Parser as _;
use options::{Command, Options};
use readonce_bench::Result;
use readonce_bench::functions::cases::{Case, OBSERVED, TIMED};
use readonce_bench::functions::{self, Effort};
use readonce_bench::harness::machine::{self, Machine};
use readonce_bench::harness::programs::{
    BARE, BARE_HTTP, Build, Built, GENERATE, PAGE, RECEIPT, REVEAL, REVEAL_OVER_TLS, SHARE, SHARE_OVER_TLS,
    STATUS,
};
use readonce_bench::local::{soak, throughput};
use readonce_bench::results::cost::{self, ASSUMPTIONS, PRICES};
use readonce_bench::results::document::{self, Recorded};
use readonce_bench::results::report;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

fn main() -> ExitCode {
    let printed = match Options::parse().command {
        Command::Functions { starts, calls, aws_milliseconds, programs, only, save } => {
            let delay = Duration::from_millis(aws_milliseconds.into());
            only.map(|name| case(&name)).transpose().and_then(|only| {
                let effort = Effort {
                    starts: starts.into(),
                    calls: calls.into(),
                    delay,
                    over_tls: false,
                    weigh: true,
                    only,
                };
                measure_functions(effort, programs.as_deref(), save)
            })
        }
        Command::Calls { save } => observe_calls(save),
        Command::Throughput(options) => wait_for(throughput::run(&options)),
        Command::Soak(options) => wait_for(soak::run(&options)),
        Command::Serve(options) => {
            readonce_http::gateway::logging::start_for_terminal();
            wait_for(async { Ok(readonce_local::start::run(*options).await?) })
        }
        Command::Cost { save } => compute_cost(save),
    };
    match printed {
        Ok(text) => match io::stdout().lock().write_all(text.as_bytes()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        },
        Err(error) => {
            let _ = writeln!(io::stderr().lock(), "readonce-bench: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs work that prints its own lines.
fn wait_for(work: impl Future<Output = Result<()>>) -> Result<String> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(work).map(|()| String::new())
}

fn measure_functions(effort: Effort, directory: Option<&Path>, save: bool) -> Result<String> {
    let programs =
        [BARE, BARE_HTTP, SHARE, GENERATE, REVEAL, RECEIPT, PAGE, STATUS, SHARE_OVER_TLS, REVEAL_OVER_TLS];
    let built = match directory {
        None => Built::new(&programs, Build::Release)?,
        Some(directory) => Built::found(&programs, directory),
    };
    let machine = Machine::this();
    // Done before threads exist, because each would have to be moved separately.
    machine::leave_the_functions_core();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let recorded = runtime.block_on(async {
        let timed = functions::time(&built, effort).await?;
        let (observed, over_tls) = match effort.only {
            Some(_) => (Vec::new(), Vec::new()),
            None => (
                functions::observe(&built).await?,
                functions::time(&built, Effort { over_tls: true, weigh: false, ..effort }).await?,
            ),
        };
        Result::Ok(Recorded {
            machine,
            starts: effort.starts,
            calls: effort.calls,
            timed,
            over_tls,
            observed,
        })
    })?;
    let text = report::functions(&recorded);
    if save {
        document::replace("docs/benchmarks.md", "functions", &text)?;
        recorded.save()?;
    }
    Ok(text)
}

fn observe_calls(save: bool) -> Result<String> {
    let built = Built::new(&[], Build::Tests)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let observed = runtime.block_on(functions::observe(&built))?;
    if save {
        let recorded = Recorded { observed: observed.clone(), ..Recorded::committed()? };
        document::replace("docs/benchmarks.md", "functions", &report::functions(&recorded))?;
        recorded.save()?;
    }
    Ok(report::calls(&observed))
}

/// Finds a case by name.
fn case(name: &str) -> Result<Case> {
    let found = TIMED.into_iter().chain(OBSERVED).find(|case| case.what == name);
    found.ok_or_else(|| format!("nothing is called '{name}'").into())
}

fn compute_cost(save: bool) -> Result<String> {
    let table = cost::bill(&Recorded::committed()?, PRICES, ASSUMPTIONS)?.in_words();
    if save {
        document::replace("README.md", "cost", &table)?;
    }
    Ok(table)
}
