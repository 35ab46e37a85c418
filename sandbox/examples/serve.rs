//! Serves a sandbox until Enter is pressed or the process is killed: `serve [DATA_FILE] [user:password]`.
#![allow(clippy::print_stdout, reason = "an example talks to its terminal")]

use sandbox::{BasicAuth, Data, Options, Sandbox};

#[tokio::main]
async fn main() -> Result<(), sandbox::Error> {
    let mut arguments = std::env::args().skip(1);
    let data = match arguments.next().filter(|path| !path.is_empty()) {
        Some(path) => Data::File(path.into()),
        None => Data::Memory,
    };
    let auth = arguments.next().and_then(|pair| {
        let (username, password) = pair.split_once(':')?;
        Some(BasicAuth {
            username: username.into(),
            password: password.into(),
        })
    });
    let sandbox = Sandbox::start(Options {
        data,
        auth,
        ..Options::default()
    })
    .await?;
    println!("{}", sandbox.url());
    let _ = tokio::task::spawn_blocking(|| std::io::stdin().read_line(&mut String::new())).await;
    sandbox.stop().await
}
