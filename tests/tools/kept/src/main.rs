//! What cargo-stylus asks of a project: the signature of its constructor.

fn main() {
    println!("constructor(uint256 number)");
}
