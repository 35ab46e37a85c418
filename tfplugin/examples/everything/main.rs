//! A provider that has everything: each capability of the protocol once, in the simplest thing that needs it. Notes lie on
//! shelves, and the shelves are files in a folder.
//!
//! The tests of this crate run it in process, and Terraform and OpenTofu run it as a program.

mod copy;
mod describe;
mod join;
mod memo;
mod note;
mod note_data;
mod note_list;
mod provider;
mod repeat;
mod store;
mod token;

fn main() -> std::process::ExitCode {
    tfplugin::serve(provider::Everything)
}
