//! Mistakes in images that Nixpacks makes.

/// Mistakes in an image that Nixpacks makes.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "nixpacks")]
#[non_exhaustive]
pub enum NixpacksIssue {
    /// Images are named by one word each.
    #[error("found `{image}`, expected the name of an image")]
    #[issue(
        help = "write a name such as `ubuntu:jammy`, or leave it out, so that Nixpacks chooses",
        docs = "https://nixpacks.com/docs/configuration/file#build-image"
    )]
    Image {
        /// What was found.
        image: String,
    },
    /// A command becomes one line of a Dockerfile.
    #[error("found the command `{command}`, expected one line that a shell runs")]
    #[issue(
        help = "join lines with ` && `, or put a longer program into a file of its own and run that",
        docs = "https://nixpacks.com/docs/configuration/file#commands"
    )]
    Command {
        /// What was found.
        command: String,
    },
    /// A phase's name stands in a line of a Dockerfile.
    #[error("found the phase `{name}`, expected a name in one line")]
    #[issue(help = "write a name such as `install`", docs = "https://nixpacks.com/docs/configuration/file#phases")]
    PhaseName {
        /// What was found.
        name: String,
    },
    /// Phases are told apart by their names.
    #[error("found the phase `{name}` a second time, expected each name once")]
    #[issue(
        help = "put the commands of both into one phase, or give one of them another name",
        docs = "https://nixpacks.com/docs/configuration/file#phases"
    )]
    PhaseTwice {
        /// The name.
        name: String,
    },
    /// Packages are taken of one commit of a repository.
    #[error("found `{archive}`, expected a commit of `nixpkgs`")]
    #[issue(
        help = "write the hash of a commit, or the name of a branch such as `nixos-24.05`",
        docs = "https://nixpacks.com/docs/configuration/file#nixpkgs-archive"
    )]
    Archive {
        /// What was found.
        archive: String,
    },
}
