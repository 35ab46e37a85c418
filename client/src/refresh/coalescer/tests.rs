//! The policy, on objects in memory that note every request, and a paused clock.

use std::sync::Mutex;

use super::*;
use crate::error::Request;

/// Objects are their own names; each has revision 1 of time 0 until it is changed.
#[derive(Default)]
struct Shelf {
    objects: Mutex<BTreeMap<String, u64>>,
    asked: Mutex<Vec<String>>,
    list_error: Mutex<Option<Error>>,
}

fn stamp(number: u64, listed: bool) -> Stamp {
    Stamp { number, updated: 0, listed }
}

fn request() -> Request {
    Request { method: "GET".into(), path: "/".into() }
}

impl Shelf {
    fn of(names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let objects = names.into_iter().map(|name| (name.into(), 1)).collect();
        Self { objects: Mutex::new(objects), ..Self::default() }
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }
}

impl Listing for Shelf {
    type Object = String;

    async fn names(&self, scope: &str) -> Result<Names, Error> {
        self.asked.lock().unwrap().push(format!("list {scope}"));
        tokio::task::yield_now().await;
        if let Some(error) = self.list_error.lock().unwrap().clone() {
            return Err(error);
        }
        let objects = self.objects.lock().unwrap();
        Ok(objects.iter().map(|(name, number)| (name.clone(), Some(stamp(*number, true)))).collect())
    }

    async fn fetch(&self, scope: &str, name: &str, _listed: Option<&Stamp>) -> Result<Seen<String>, Error> {
        self.asked.lock().unwrap().push(format!("get {scope} {name}"));
        tokio::task::yield_now().await;
        let number = self.objects.lock().unwrap().get(name).copied();
        let missing = || Error::NotFound { request: request(), message: String::new() };
        let number = number.ok_or_else(missing)?;
        Ok(Seen { object: name.to_owned(), stamp: Some(stamp(number, true)) })
    }
}

async fn read(
    coalescer: &Coalescer<String>,
    shelf: &Shelf,
    name: &str,
    known: Option<Stamp>,
) -> Read<String> {
    coalescer.current(shelf, "n", name, known.as_ref()).await.unwrap()
}

fn found(name: &str, stamp: Stamp) -> Read<String> {
    Read::Found { object: name.to_owned(), stamp: Some(stamp) }
}

#[tokio::test]
async fn a_refresh_lists_once() {
    let shelf = Shelf::of(["a", "b", "c"]);
    let coalescer = Coalescer::default();
    for name in ["a", "b", "c"] {
        assert_eq!(
            read(&coalescer, &shelf, name, Some(stamp(1, true))).await,
            Read::Unchanged { stamp: stamp(1, true) }
        );
    }
    assert_eq!(shelf.asked(), ["list n"]);
}

#[tokio::test]
async fn what_differs_is_read_and_absence_is_settled() {
    let shelf = Shelf::of(["a", "b"]);
    shelf.objects.lock().unwrap().insert("b".into(), 2);
    let coalescer = Coalescer::default();
    assert_eq!(read(&coalescer, &shelf, "b", Some(stamp(1, true))).await, found("b", stamp(2, true)));
    assert_eq!(read(&coalescer, &shelf, "z", Some(stamp(1, true))).await, Read::Gone);
    let reset = Stamp { updated: 7, ..stamp(1, true) };
    assert_eq!(read(&coalescer, &shelf, "a", Some(reset)).await, found("a", stamp(1, true)));
    assert_eq!(shelf.asked(), ["list n", "get n b", "get n z", "get n a"]);
}

#[tokio::test]
async fn reads_without_a_stamp_go_straight_to_the_object() {
    let shelf = Shelf::of(["a", "b"]);
    let coalescer = Coalescer::default();
    assert_eq!(read(&coalescer, &shelf, "a", None).await, found("a", stamp(1, true)));
    assert_eq!(read(&coalescer, &shelf, "z", None).await, Read::Gone);
    assert_eq!(coalescer.get(&shelf, "n", "b").await.unwrap(), "b");
    assert_eq!(shelf.asked(), ["get n a", "get n z", "get n b"]);
}

#[tokio::test]
async fn one_object_of_a_long_namespace_is_read_alone() {
    let shelf = Shelf::of((0..=LONG).map(|number| number.to_string()));
    // The first refresh learns that the list is long, the second does without it.
    let first = read(&Coalescer::default(), &shelf, "7", Some(stamp(1, true))).await;
    assert_eq!(first, Read::Unchanged { stamp: stamp(1, false) });
    let coalescer = Coalescer::default();
    assert_eq!(read(&coalescer, &shelf, "7", Some(stamp(1, false))).await, found("7", stamp(1, false)));
    assert_eq!(shelf.asked(), ["list n", "get n 7"]);
    // Unless it turns out not to be alone.
    assert_eq!(
        read(&coalescer, &shelf, "8", Some(stamp(1, false))).await,
        Read::Unchanged { stamp: stamp(1, true) }
    );
    assert_eq!(
        read(&coalescer, &shelf, "9", Some(stamp(1, false))).await,
        Read::Unchanged { stamp: stamp(1, true) }
    );
    assert_eq!(shelf.asked(), ["list n"]);
}

#[tokio::test]
async fn reads_at_the_same_time_share_a_request() {
    let shelf = Shelf::of(["a", "b"]);
    let coalescer = Coalescer::default();
    let known = Some(stamp(1, true));
    tokio::join!(read(&coalescer, &shelf, "a", known.clone()), read(&coalescer, &shelf, "b", known));
    assert_eq!(shelf.asked(), ["list n"]);
    let (one, two) = tokio::join!(coalescer.get(&shelf, "n", "a"), coalescer.get(&shelf, "n", "a"));
    assert_eq!((one.unwrap(), two.unwrap()), ("a".to_owned(), "a".to_owned()));
    assert_eq!(shelf.asked(), ["get n a"]);
    coalescer.get(&shelf, "n", "a").await.unwrap();
    assert_eq!(shelf.asked(), ["get n a"], "an answer is not kept");
}

#[tokio::test]
async fn a_reader_that_goes_away_is_replaced() {
    let shelf = Shelf::of(["a"]);
    let coalescer = Coalescer::default();
    tokio::select! {
        biased;
        _ = coalescer.get(&shelf, "n", "a") => panic!("must still be waiting"),
        () = std::future::ready(()) => {}
    }
    assert_eq!(coalescer.get(&shelf, "n", "a").await.unwrap(), "a");
    assert_eq!(shelf.asked(), ["get n a", "get n a"]);
}

#[tokio::test]
async fn a_write_ends_the_list_of_its_namespace() {
    let shelf = Shelf::of(["a"]);
    let coalescer = Coalescer::default();
    let known = Some(stamp(1, true));
    for (scope, again) in [("n", true), ("n/dir/", true), ("nn", false), ("n.m", false)] {
        coalescer.current(&shelf, scope, "a", known.as_ref()).await.unwrap();
        drop(coalescer.writing("n"));
        coalescer.current(&shelf, scope, "a", known.as_ref()).await.unwrap();
        assert_eq!(shelf.asked().len(), if again { 2 } else { 1 }, "{scope}");
    }
    drop(coalescer.writing_anywhere());
    coalescer.current(&shelf, "nn", "a", known.as_ref()).await.unwrap();
    assert_eq!(shelf.asked(), ["list nn"]);
}

#[tokio::test]
async fn a_list_made_during_a_write_is_not_kept() {
    let shelf = Shelf::of(["a"]);
    let coalescer = Coalescer::default();
    let write = coalescer.writing("n");
    read(&coalescer, &shelf, "a", Some(stamp(1, true))).await;
    shelf.objects.lock().unwrap().insert("a".into(), 2);
    drop(write);
    assert_eq!(read(&coalescer, &shelf, "a", Some(stamp(1, true))).await, found("a", stamp(2, true)));
}

#[tokio::test]
async fn a_read_after_a_write_does_not_join_one_from_before() {
    let shelf = Shelf::of(["a"]);
    let coalescer = Coalescer::default();
    let after_write = async {
        drop(coalescer.writing("n"));
        tokio::join!(coalescer.get(&shelf, "n", "a"), coalescer.get(&shelf, "n", "a"))
    };
    let (before, (one, two)) = tokio::join!(biased; coalescer.get(&shelf, "n", "a"), after_write);
    assert!(before.is_ok() && one.is_ok() && two.is_ok());
    assert_eq!(shelf.asked(), ["get n a", "get n a"]);
}

#[tokio::test(start_paused = true)]
async fn a_list_ages() {
    let shelf = Shelf::of(["a"]);
    let coalescer = Coalescer::default();
    let millisecond = std::time::Duration::from_millis(1);
    let nothing = std::time::Duration::ZERO;
    for (passed, requests) in
        [(nothing, 1), (LIFE - millisecond, 0), (millisecond, 1), (LIFE * 2, 1), (nothing, 0)]
    {
        tokio::time::advance(passed).await;
        read(&coalescer, &shelf, "a", Some(stamp(1, true))).await;
        assert_eq!(shelf.asked().len(), requests, "after {passed:?}");
    }
}

#[tokio::test]
async fn a_list_that_fails_does_not_fail_reads() {
    let shelf = Shelf::of(["a", "b"]);
    *shelf.list_error.lock().unwrap() = Some(Error::TooLarge { request: request(), limit: 1 });
    let coalescer = Coalescer::default();
    for name in ["a", "b"] {
        assert_eq!(read(&coalescer, &shelf, name, Some(stamp(1, true))).await, found(name, stamp(1, true)));
    }
    assert_eq!(shelf.asked(), ["list n", "get n a", "get n b"]);
}

#[tokio::test]
async fn a_server_that_refuses_everything_is_asked_anew() {
    let shelf = Shelf::of(["a"]);
    let refused = Error::Unauthorized { request: request(), message: String::new() };
    *shelf.list_error.lock().unwrap() = Some(refused.clone());
    let coalescer = Coalescer::default();
    let known = stamp(1, true);
    assert_eq!(coalescer.current(&shelf, "n", "a", Some(&known)).await, Err(refused));
    *shelf.list_error.lock().unwrap() = None;
    assert_eq!(read(&coalescer, &shelf, "a", Some(known)).await, Read::Unchanged { stamp: stamp(1, true) });
    assert_eq!(shelf.asked(), ["list n", "list n"]);
}
