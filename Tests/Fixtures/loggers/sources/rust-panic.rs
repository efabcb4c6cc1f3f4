// A Rust panic with and without a backtrace.
fn pay(items: &[i32]) -> i32 {
    items[5]
}

fn main() {
    println!("listening on 8080");
    std::thread::spawn(|| panic!("card declined")).join().ok();
    println!("{}", pay(&[1, 2, 3]));
}
