using EdgeVoice.Tests.Architecture.Samples.Uplink;

namespace EdgeVoice.Tests.Architecture;

/// <summary>Each rule is fed something bad: one that notices nothing is worse than none.</summary>
public class ArchitectureRulesTests
{
    private const string SampleRoot = "EdgeVoice.Tests.Architecture.Samples";

    [Theory]
    [InlineData("src/EdgeVoice.Core/EdgeVoice.Core.csproj", "../EdgeVoice.Linux/EdgeVoice.Linux.csproj")]
    [InlineData("src/EdgeVoice.Simulator/EdgeVoice.Simulator.csproj", @"..\EdgeVoice.Linux\EdgeVoice.Linux.csproj")]
    [InlineData("src/EdgeVoice.Iot/EdgeVoice.Iot.csproj", "../EdgeVoice.Linux/EdgeVoice.Linux.csproj")]
    [InlineData("src/EdgeVoice.Linux/EdgeVoice.Linux.csproj", "../EdgeVoice.Iot/EdgeVoice.Iot.csproj")]
    [InlineData("src/EdgeVoice.Extra/EdgeVoice.Extra.csproj", "../EdgeVoice.Core/EdgeVoice.Core.csproj")]
    public void ReferencesFollowArrows_WhenAnArrowIsNotDrawn_Bites(string path, string reference) =>
        Assert.Single(ProjectRules.ReferencesFollowArrows([new(path, $"""<Project><ItemGroup><ProjectReference Include="{reference}" /></ItemGroup></Project>""")]));

    [Fact]
    public void TypesFollowArrows_WhenAMethodBodyUsesAnotherStage_Bites()
    {
        Assert.False(UplinkSample.Knows());
        var wrong = CoreArrows.TypesFollowArrows(CompiledCode.Uses(GetType().Assembly), SampleRoot);
        Assert.Contains("Uplink may not know Capture: UplinkSample uses CaptureSample", wrong);
    }

    [Theory]
    [InlineData("Audio/A.cs", "using EdgeVoice.Core.Devices;")]
    [InlineData("Capture/A.cs", "using static EdgeVoice.Core.Playback.PlaybackLoop;")]
    [InlineData("Playback/A.cs", "using Wire = EdgeVoice.Core.Realtime.Protocol.Events;")]
    [InlineData("Conversation/A.cs", "using EdgeVoice.Core.Uplink;")]
    [InlineData("Conversation/A.cs", "private EdgeVoice.Core.Realtime.RealtimeSession _session;")]
    [InlineData("Uplink/A.cs", "using EdgeVoice.Core.Realtime.Transport;")]
    [InlineData("Realtime/Protocol/A.cs", "using EdgeVoice.Core.Realtime.Transport;")]
    [InlineData("Extra/A.cs", "using EdgeVoice.Core.Audio;")]
    public void UsingsFollowArrows_WhenAnArrowIsNotDrawn_Bites(string path, string code) =>
        Assert.Single(CoreArrows.UsingsFollowArrows([new($"src/EdgeVoice.Core/{path}", code)]));

    [Theory]
    [InlineData("Devices/A.cs", "using EdgeVoice.Core.Audio;")]
    [InlineData("Conversation/A.cs", "using EdgeVoice.Core.Realtime.Protocol;")]
    [InlineData("Audio/A.cs", "// using EdgeVoice.Core.Capture;")]
    public void UsingsFollowArrows_WhenTheArrowIsDrawn_HoldsStill(string path, string code) =>
        Assert.Empty(CoreArrows.UsingsFollowArrows([new($"src/EdgeVoice.Core/{path}", code)]));

    [Theory]
    [InlineData("namespace EdgeVoice.Core;")]
    [InlineData("namespace EdgeVoice.Core.Audio.Extra { }")]
    [InlineData("public class A;")]
    public void NamespaceIsFolder_WhenItIsAnother_Bites(string code) =>
        Assert.Single(SourceRules.NamespaceIsFolder([new("src/EdgeVoice.Core/Audio/A.cs", code)]));

    [Fact]
    public void NamespaceIsFolder_InAStandIn_IsTheFolderBelowTheProject()
    {
        const string path = "tests/EdgeVoice.IotSurface/System.Device.Gpio/A.cs";
        Assert.Empty(SourceRules.NamespaceIsFolder([new(path, "namespace System.Device.Gpio;")]));
        Assert.Single(SourceRules.NamespaceIsFolder([new(path, "namespace EdgeVoice.IotSurface.System.Device.Gpio;")]));
    }

    [Theory]
    [InlineData("src/EdgeVoice.Linux/Alsa/A.cs", "[LibraryImport(\"libasound.so.2\")]")]
    [InlineData("src/EdgeVoice.Linux/Gpio/A.cs", "[DllImport(\"libc\")] static extern int ioctl();")]
    [InlineData("src/EdgeVoice.Core/Interop/A.cs", "[LibraryImport(\"libc\")]")]
    public void NativeImportsOnlyInInterop_WhenElsewhere_Bites(string path, string code) =>
        Assert.Single(SourceRules.NativeImportsOnlyInInterop([new(path, code)]));

    [Fact]
    public void SocketsOnlyInTransport_WhenElsewhere_Bites()
    {
        Assert.Single(SourceRules.SocketsOnlyInTransport([new("src/EdgeVoice.Core/Realtime/A.cs", "using System.Net.WebSockets;")]));
        var wrong = CompiledRules.SocketsOnlyInTransport(CompiledCode.Uses(GetType().Assembly));
        Assert.Contains(wrong, sentence => sentence.Contains("CaptureSample uses ClientWebSocket", StringComparison.Ordinal));
        Assert.Contains(wrong, sentence => sentence.Contains("UplinkSample uses ClientWebSocket", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[MethodImpl(MethodImplOptions.AggressiveOptimization)]", 1)]
    [InlineData("[MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]", 0)]
    public void OptimisedAtOnceIsNotInlined_WhenItMayBe_Bites(string code, int violations) =>
        Assert.Equal(violations, SourceRules.OptimisedAtOnceIsNotInlined([new("src/EdgeVoice.Core/Audio/A.cs", code)]).Count);

    [Fact]
    public void LogEventIdsAreUnique_WhenTwiceOrMissing_Bites()
    {
        var wrong = CompiledRules.LogEventIdsAreUnique(CompiledCode.LogEvents(GetType().Assembly));
        Assert.Equal(["UplinkSample.LogWithout: no event id", "event id 1: CaptureSample.LogSample, UplinkSample.LogAgain"], wrong);
    }

    [Fact]
    public void TopHoldsOnlyFixedEntries_WhenAFileIsExtra_Bites() =>
        Assert.Single(ProjectRules.TopHoldsOnlyFixedEntries(["src", "README.md", ".gitignore", "out", "NOTES.md"]));

    [Theory]
    [InlineData("""<PackageVersion Include="xunit" Version="2.9.3" />""")]
    [InlineData("""<PackageVersion Include="xunit" Version="[2.9.*]" />""")]
    [InlineData("""<PackageVersion Include="xunit" Version="[2.9.3,3)" />""")]
    [InlineData("""<PackageReference Include="xunit" VersionOverride="[2.9.3]" />""")]
    public void PackageVersionsAreExact_WhenTheyAreNot_Bites(string line) =>
        Assert.Single(ProjectRules.PackageVersionsAreExact([new("src/A.props", $"<Project><ItemGroup>{line}</ItemGroup></Project>")]));

    [Theory]
    [InlineData("EdgeVoice.sln", "src/EdgeVoice.Iot/EdgeVoice.Iot.csproj")]
    [InlineData("src/A.props", """<Project><ItemGroup><PackageVersion Include="Alsa.Net" Version="[1.0.10]" /></ItemGroup></Project>""")]
    [InlineData("src/EdgeVoice/EdgeVoice.csproj", """<Project><ItemGroup><ProjectReference Include="../EdgeVoice.Iot/EdgeVoice.Iot.csproj" /></ItemGroup></Project>""")]
    [InlineData("src/EdgeVoice.Linux/EdgeVoice.Linux.csproj", """<Project><ItemGroup><PackageReference Include="Alsa.Net" /></ItemGroup></Project>""")]
    public void IotIsAChoice_WhenItIsNone_Bites(string path, string text)
    {
        var iot = new SourceFile("src/EdgeVoice.Iot/EdgeVoice.Iot.csproj", """<Project><ItemGroup><PackageReference Include="Alsa.Net" /></ItemGroup></Project>""");
        Assert.Single(ProjectRules.IotIsAChoice([iot, new(path, text)]));
        var chosen = text.Replace("<ItemGroup>", "<ItemGroup Condition=\"'$(IotPackages)' == 'true'\">", StringComparison.Ordinal);
        if (path != "EdgeVoice.sln") Assert.Empty(ProjectRules.IotIsAChoice([iot, new(path, chosen)]));
    }

    [Theory]
    [InlineData("work")]
    [InlineData("root")]
    public void NoPathOfOneMachine_WhenOneIsNamed_Bites(string folder) =>
        Assert.Single(SourceRules.NoPathOfOneMachine([new("README.md", $"see /{folder}/notes.md")]));

    [Fact]
    public void NoLongFile_WhenOneLineTooLong_Bites()
    {
        Assert.Single(SourceRules.NoLongFile([Lines(401)]));
        Assert.Empty(SourceRules.NoLongFile([Lines(400)]));
    }

    [Fact]
    public void MostFilesAreSmall_WhenTheyAreNot_Bites()
    {
        Assert.Single(SourceRules.MostFilesAreSmall([Lines(79), Lines(80), Lines(80)]));
        Assert.Single(SourceRules.MostFilesAreSmall([Lines(10), Lines(10), Lines(200)]));
        Assert.Empty(SourceRules.MostFilesAreSmall([Lines(79), Lines(199)]));
    }

    private static SourceFile Lines(int count) => new("src/EdgeVoice.Core/Audio/A.cs", string.Concat(Enumerable.Repeat("x\n", count)));
}
