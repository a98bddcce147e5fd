using EdgeVoice.Linux.Files;
using EdgeVoice.Tests.Configuration;

namespace EdgeVoice.Tests.Linux;

public sealed class PathChainTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Of_ConfigMap_NamesEveryLookup()
    {
        Directory.CreateDirectory(_folder["..2026"]);
        File.WriteAllText(Path.Combine(_folder["..2026"], "c.json"), "{}");
        File.CreateSymbolicLink(_folder["..data"], "..2026");
        File.CreateSymbolicLink(_folder["c.json"], "..data/c.json");

        var chain = PathChain.Of(_folder["c.json"]);

        Assert.Equal(Path.Combine(_folder["..2026"], "c.json"), chain.File);
        Assert.Equal(
            [(_folder.Path, "c.json"), (_folder.Path, "..data"), (_folder.Path, "..2026"), (_folder["..2026"], "c.json")],
            chain.Lookups.SkipWhile(lookup => lookup.Directory != _folder.Path));
        Assert.True(chain.IsSameAs(PathChain.Of(_folder["c.json"])));
    }

    [Fact]
    public void Of_MissingDirectory_EndsWithTheFirstNameThatLeadsNowhere()
    {
        var chain = PathChain.Of(_folder["a/b/c.json"]);
        Assert.Null(chain.File);
        Assert.Equal((_folder.Path, "a"), chain.Lookups[^1]);
    }

    [Fact]
    public void Of_UpwardThroughALink_FollowsTheLinkFirst()
    {
        Directory.CreateDirectory(_folder["real/deep"]);
        File.WriteAllText(_folder["real/c.json"], "{}");
        File.CreateSymbolicLink(_folder["link"], _folder["real/deep"]);
        Assert.Equal(_folder["real/c.json"], PathChain.Of(_folder["link/../c.json"]).File);
    }

    [Fact]
    public void Of_LinkToItself_Ends()
    {
        File.CreateSymbolicLink(_folder["loop"], "loop");
        Assert.Null(PathChain.Of(_folder["loop"]).File);
    }
}
