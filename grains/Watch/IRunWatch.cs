using Orleans.Services;

namespace Orchestrator.Grains.Watch;

/// <summary>On every silo: sees to it that unfinished runs are worked on.</summary>
internal interface IRunWatch : IGrainService;
