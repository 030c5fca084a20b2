use stacktape_model::units::Memory;

const SMALL: Memory = Memory::mib(3);

fn main() {
    SMALL.as_mib();
}
